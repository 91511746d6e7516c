import Evaluation
import JSON
import Language
import TestSupport
import Testing

@Suite struct StageTests {
  private func rows(_ text: String) async throws -> [String] {
    let result = try await PipelineFixture().run(text)
    #expect(result.error == nil)
    return result.rows.map(\.text)
  }

  @Test(arguments: [
    ("list | first 2 | select id", [#"{"id":36}"#, #"{"id":37}"#]),
    ("list | last 1 | select id", [#"{"id":5000000123}"#]),
    ("list | skip 5 | select id", [#"{"id":5000000123}"#]),
    ("list | count", [#"{"count":6}"#]), ("list where id == 1 | count", [#"{"count":0}"#]),
    (
      "list | sort by folder_id desc, id desc | select id | first 3",
      [#"{"id":40}"#, #"{"id":38}"#, #"{"id":37}"#]
    ),
    ("list | sort by folder_id | last 1 | select id", [#"{"id":39}"#]),
    // Rows that tie keep their order in either direction, and null stays last.
    (
      "list | sort by folder_id desc | select id",
      [38, 40, 36, 37, 5_000_000_123, 39].map { #"{"id":\#($0)}"# }
    ),
    (
      "list | sort by folder_id | select id",
      [5_000_000_123, 36, 37, 38, 40, 39].map { #"{"id":\#($0)}"# }
    ),
    (
      "list | sort by application desc | select id",
      [39, 5_000_000_123, 36, 38, 40, 37].map { #"{"id":\#($0)}"# }
    ),
    (
      "get 38, 36 | select id, provider as app",
      [#"{"id":38,"app":"jira"}"#, #"{"id":36,"app":"jira"}"#]
    ),
    (
      "list | first 1 | select a = id + 1, when = updated_at",
      [#"{"a":37,"when":"2025-05-26T22:53:52.532Z"}"#]
    ),
    ("let jira = list where application == \"jira\"\n$jira | count", [#"{"count":3}"#]),
    ("let n = 2\nlist | first $n | count", [#"{"count":2}"#]),
    (
      "let jira = list where application == \"jira\"\nlist | first 1 | select n = count($jira)",
      [#"{"n":3}"#]
    ),
    (
      "list | group by application | first 2",
      [#"{"application":"jira","count":3}"#, #"{"application":"google_sheets","count":1}"#]
    ),
    (
      "list | group by connected with min(id), max(updated_at) as last | select connected, min_id, last",
      [
        #"{"connected":true,"min_id":36,"last":"2025-05-26T22:53:52.532Z"}"#,
        #"{"connected":false,"min_id":37,"last":"2026-01-30T22:53:52.532Z"}"#,
      ]
    ),
    (
      "list | distinct by application | select id | last 2", [#"{"id":39}"#, #"{"id":5000000123}"#]
    ),
    ("list | group by external_id | count", [#"{"count":5}"#]),
    ("let jira = list where application == \"jira\"\nprint f\"{count($jira)}\"", ["3"]),
    ("list where id == 36 | show as ids | count", ["36", #"{"count":1}"#]),
  ])
  func givesTheRows(_ text: String, _ expected: [String]) async throws {
    expectEqual(try await rows(text), expected)
  }

  @Test func keepsUnknownMembers() async throws {
    let rows = try await rows("get 38")
    #expect(rows[0].contains(#""custom":{"a":[1,2.50]}"#))
  }

  @Test func namesMissingIDs() async throws {
    let result = try await PipelineFixture().run("get 36, 99, 98")
    #expect(result.exitCode == .guardRefused)
    #expect(result.error?.message == "no connection has the id 99, 98")
  }

  @Test(arguments: [
    ("list | expect count == 5", "expected count == 5, found 6"),
    ("list | expect count < 6, \"too many\"", "too many"),
    (
      "list | expect all connected",
      "expected all rows to match; 4 of them did not: 37, 38, 39, 5000000123"
    ),
    ("list | expect none id == 36", "expected no row to match; 1 of them did: 36"),
  ])
  func failedExpectationsAreReported(_ text: String, _ message: String) async throws {
    let result = try await PipelineFixture().run(text)
    #expect(result.exitCode == .guardRefused)
    #expect(result.error?.message == message)
  }

  @Test func failedExpectationStopsBeforeTheFirstWrite() async throws {
    let fixture = PipelineFixture()
    let result = try await fixture.run("list where id > 1 | expect count <= 3 | delete")
    #expect(result.exitCode == .guardRefused)
    expectEqual(await fixture.server.calls, [])
  }

  /// Runs every stage's own example in a mode that has nothing to send calls with.
  @Test(arguments: StageDefinition.table)
  func dryRunOfAnExampleSucceeds(_ signature: StageDefinition) async throws {
    let fixture = PipelineFixture()
    let result = try await fixture.run(signature.example, .dryRun)
    #expect(result.error == nil)
    #expect(result.sentence == "Dry run: nothing was sent.")
    expectEqual(await fixture.server.queries, [])
    expectEqual(await fixture.server.calls, [])
    #expect(signature.effect == .read || fixture.output.text.contains("/api/connections"))
  }

  @Test(arguments: StageDefinition.table)
  func previewOfAnExampleSucceeds(_ signature: StageDefinition) async throws {
    let fixture = PipelineFixture()
    let result = try await fixture.run(signature.example, .preview)
    #expect(result.error == nil)
    expectEqual(await fixture.server.calls, [])
    #expect(result.sentence?.hasSuffix("nothing was changed.") == true)
  }
}

extension StageDefinition: CustomTestStringConvertible {
  public var testDescription: String { name }
}
