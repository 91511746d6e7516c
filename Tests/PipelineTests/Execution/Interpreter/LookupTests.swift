import API
import Evaluation
import Execution
import JSON
import TestSupport
import Testing

/// `lookup` puts the workspace's connection beside each row of a file.
@Suite struct LookupTests {
  /// Also returns the connections that were changed.
  private func run(
    _ text: String, _ csv: String, _ mode: PipelineFixture.Mode = .live,
    _ fixture: PipelineFixture = PipelineFixture()
  ) async throws -> (PipelineFixture.Result, [Int64?]) {
    fixture.disk.put("r.csv", csv)
    let result = try await fixture.run(text, mode)
    return (result, await fixture.server.calls.map(\.id))
  }

  @Test(arguments: [
    ("id", "id,name,note\n37,old,a\n36,old,b\n"), ("id", "id,note\n37,a\n36,b\n"),
    ("external_id", "external_id,note\nEXT-2,a\nEXT-1,b\n"),
  ])
  func workspacesValuesWinAndOtherColumnsStay(_ key: String, _ csv: String) async throws {
    let fixture = PipelineFixture(Self.connections)
    let (result, _) = try await run(
      "from \"r.csv\" | lookup by \(key) | select id, name, note", csv, .live, fixture)
    #expect(result.error == nil)
    expectEqual(
      result.rows.map(\.text),
      [
        #"{"id":37,"name":"second","note":"a"}"#, #"{"id":36,"name":"first","note":"b"}"#,
      ])
    expectEqual(await fixture.server.queries.count, 1)
  }

  /// The same external id, on two connections of one person.
  private static let connections = [
    #"{"id":36,"name":"first","application":"jira","external_id":"EXT-1","tags":[]}"#,
    #"{"id":37,"name":"second","application":"jira","external_id":"EXT-2","tags":[]}"#,
    #"{"id":38,"name":"third","application":"jira","external_id":"BOTH","tags":[]}"#,
    #"{"id":39,"name":"fourth","application":"slack","external_id":"BOTH","tags":[]}"#,
  ].compactMap { (try? JSONParser.parse(Array($0.utf8))).flatMap(Connection.init) }

  @Test(arguments: [
    ("id", "id\n36\n99\n", "`r.csv`:3: no connection has the id 99"),
    (
      "external_id", "external_id\n\nEXT-9\n",
      "`r.csv`:3: no connection has the external_id \"EXT-9\""
    ),
    ("external_id", "external_id,x\n,1\n", "`r.csv`:2: the row has no `external_id`"),
    (
      "external_id", "external_id\nBOTH\n",
      "`r.csv`:2: 2 connections have the external_id \"BOTH\": 38 \"third\", 39 \"fourth\""
    ),
    (
      "id", "id,application\n36,slack\n",
      "36 \"first\" is a connection to jira in this workspace, but to slack in the rows"
    ),
    (
      "external_id", "external_id,application\nEXT-1,slack\n",
      "36 \"first\" is a connection to jira in this workspace, but to slack in the rows"
    ),
  ])
  func refusesWhatItCantFind(_ key: String, _ csv: String, _ message: String) async throws {
    let fixture = PipelineFixture(Self.connections)
    let (result, sent) = try await run(
      "from \"r.csv\" | lookup by \(key) | delete", csv, .live, fixture)
    #expect(result.exitCode == .guardRefused)
    #expect(result.error?.message == message)
    #expect(sent == [])
  }

  @Test func placesOfElementsAreNamed() async throws {
    let fixture = PipelineFixture(Self.connections)
    fixture.disk.put("r.json", #"[{"id":36},{"id":7}]"#)
    let result = try await fixture.run("from \"r.json\" | select id | lookup by id")
    #expect(result.error?.message == "`r.json`: element 2: no connection has the id 7")
  }

  @Test func countsRowsWithOtherValues() async throws {
    let fixture = PipelineFixture(Self.connections)
    _ = try await run(
      "from \"r.csv\" | lookup by id | count",
      "id,name,external_id\n36,first,EXT-1\n37,other,\n38,third,X\n", .live, fixture)
    #expect(
      fixture.output.talk == [
        "2 rows had other values than the workspace, whose values are used: `name` and "
          + "`external_id`"
      ])
  }

  @Test(arguments: ["", "let n = 1\n", "get 39 | update name = \"x\"\n"])
  func findsTheTargetsOfWrites(_ before: String) async throws {
    let fixture = PipelineFixture(Self.connections)
    let (result, sent) = try await run(
      before
        + "from \"r.csv\" | lookup by external_id | where application == \"jira\" | update name = title",
      "external_id,title\nEXT-1,first\nEXT-2,new\n", .live, fixture)
    #expect(result.error == nil)
    #expect(sent == (before.contains("get") ? [39, 37] : [37]))
  }

  /// Behind simulated writes, rows are found in the workspace as those would leave it.
  @Test func findsWhatIsWrittenBefore() async throws {
    let fixture = PipelineFixture(Self.connections)
    let (result, sent) = try await run(
      """
      get 36 | update external_id = "NEW"
      from "r.csv" | lookup by external_id | update name = title
      """, "external_id,title\nNEW,x\n", .live, fixture)
    #expect(result.error == nil)
    #expect(sent == [36, 36])
  }

  @Test func dryRunPrintsTheListAndATemplate() async throws {
    let fixture = PipelineFixture(Self.connections)
    let (result, _) = try await run(
      "from \"r.csv\" | lookup by external_id | update name = title",
      "external_id,title\nEXT-1,x\n", .dryRun, fixture)
    #expect(result.error == nil)
    let calls = fixture.output.text.split(separator: "\n").filter { $0.contains(" https://") }
    #expect(
      calls == [
        "GET https://www.workato.com/api/connections?include_runtime_connections=true"
          + "&includes%5B%5D=tags",
        "PUT https://www.workato.com/api/connections/{id}",
      ])
  }
}
