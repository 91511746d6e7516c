import API
import Evaluation
import Execution
import JSON
import TestSupport
import Testing

/// Guards judge the targets of writes by the current workspace, not by the rows of the script.
@Suite struct TargetTests {
  private static let file = """
    [{"id":36,"name":"New name","folder_id":1},{"id":37,"name":"ACME google sheet account","folder_id":2}]
    """

  /// Also returns the connections that were changed.
  private func run(
    _ text: String, _ mode: PipelineFixture.Mode = .live,
    fixture: PipelineFixture = PipelineFixture()
  )
    async throws -> (PipelineFixture.Result, [Int64?])
  {
    fixture.disk.put("rows.json", Self.file)
    let result = try await fixture.run(text, mode)
    return (result, await fixture.server.calls.map(\.id))
  }

  @Test func comparesWithTheWorkspaceAndNotWithTheFile() async throws {
    let fixture = PipelineFixture()
    let (result, sent) = try await run("from \"rows.json\" | update name = name", fixture: fixture)
    #expect(sent == [36])
    #expect(result.exitCode == .success)
    expectEqual(await fixture.server.queries.count, 1)
  }

  @Test(arguments: ["$r | update name = \"B\"", "$r | where id == 36 | update name = \"B\""])
  func knowsTheRunsOwnWrites(_ text: String) async throws {
    let fixture = PipelineFixture()
    let (result, sent) = try await run(
      "get 36 | update name = \"B\"\nlet r = get 36\nget 36 | update name = \"A\"\n\(text)",
      fixture: fixture)
    #expect(sent == [36, 36, 36])
    #expect(result.exitCode == .success)
    // All statements are planned with one list; the second shows what `r` is by then.
    expectEqual(await fixture.server.queries.count, 2)
  }

  @Test func loopListsOnce() async throws {
    let fixture = PipelineFixture()
    let (_, sent) = try await run(
      "let r = get 36, 37\nfor n in [1, 2] { $r | update folder_id = $n }", fixture: fixture)
    #expect(sent == [36, 37, 36, 37])
    expectEqual(await fixture.server.queries.count, 1)
  }

  @Test func sendsWritesToMissingConnections() async throws {
    let fixture = PipelineFixture()
    fixture.disk.put("gone.json", #"[{"id":99,"name":"x"}]"#)
    let (_, sent) = try await run("from \"gone.json\" | update name = name", fixture: fixture)
    #expect(sent == [99])
  }

  /// `undo` keeps the values from the workspace, not those of the file.
  @Test func keepsTheWorkspacesValuesForUndo() async throws {
    let fixture = PipelineFixture()
    _ = try await run(
      "from \"rows.json\" | where id == 36 | update folder_id = 5", fixture: fixture)
    let history = RunHistory(try ParsedJournal(fixture.runs.journal))
    #expect(history.writes.values.map { $0.intent.before?["folder_id"]?.int } == [4515])
  }

  @Test func previewAndPlanCompareWithTheWorkspaceToo() async throws {
    let fixture = PipelineFixture()
    _ = try await run(
      "from \"rows.json\" | where id == 36 | update name = name", .preview, fixture: fixture)
    #expect(fixture.output.text.contains("PUT https://www.workato.com/api/connections/36"))
    let text =
      "get 36 | update name = \"A\"\nfrom \"rows.json\" | where id == 36 | update name = \"A\""
    let again = PipelineFixture()
    _ = try await run(text, .preview, fixture: again)
    #expect(again.output.text.ranges(of: "PUT ").count == 1)
  }

  /// If nothing is known, nothing is assumed.
  @Test func dryRunPrintsTheListAsWell() async throws {
    let fixture = PipelineFixture()
    _ = try await run("from \"rows.json\" | update name = name", .dryRun, fixture: fixture)
    let calls = fixture.output.text.split(separator: "\n").filter { $0.contains(" https://") }
    #expect(
      calls.map { $0.prefix { $0 != " " } } == ["GET", "PUT", "PUT"], "\(fixture.output.text)")
    expectEqual(await fixture.server.queries, [])
  }
}
