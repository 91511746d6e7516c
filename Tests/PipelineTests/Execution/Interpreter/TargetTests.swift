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

  // MARK: Bulk edits from a file

  @Test(arguments: [
    ("id\n36\n37\n", "disconnect", [36, 37]),
    ("id,new_name\n36,A\n37,ACME google sheet account\n", "update name = new_name", [36]),
    ("id,name,new_name\n36,old,A\n38,old,B\n", "update name = new_name", [36, 38]),
    ("Id;Folder_ID;note\n36;28940;x\n;;\n38;28940;y\n", "update folder_id = folder_id", [36]),
    ("id,name\n36,a\n36,a\n", "update name = name", [36]),
  ])
  func writesWhatAFileLists(_ text: String, _ stage: String, _ expected: [Int64]) async throws {
    let fixture = PipelineFixture()
    fixture.disk.put("edits.csv", text)
    let (result, sent) = try await run("from \"edits.csv\" | \(stage)", fixture: fixture)
    #expect(result.error == nil)
    #expect(sent == expected)
  }

  /// The ids of another workspace mean other connections in this one.
  @Test(arguments: ["from \"other.csv\"", "let r = from \"other.csv\"\n$r"])
  func refusesRowsOfAnotherWorkspace(_ source: String) async throws {
    let fixture = PipelineFixture()
    fixture.disk.put("other.csv", "id,application\n36,jira\n37,salesforce\n")
    let (result, sent) = try await run("\(source) | delete", fixture: fixture)
    #expect(result.exitCode == .guardRefused)
    #expect(
      result.error?.message == """
        37 "ACME google sheet account" is a connection to google_sheets in this workspace, but to \
        salesforce in the rows
        """)
    #expect(sent == [])
  }

  @Test func tellsOnceWhatItReadDifferently() async throws {
    let fixture = PipelineFixture()
    fixture.disk.put("edits.csv", "Id;x\n36;a\n;\n")
    _ = try await run("from \"edits.csv\" | update name = x", fixture: fixture)
    let notes = fixture.output.talk.filter { $0.hasPrefix("`edits.csv`") }
    #expect(
      notes == [
        "`edits.csv`: the column `Id` is read as `id`", "`edits.csv`: 1 blank row skipped",
      ])
  }

  /// What was saved differs in nothing from the workspace, and leaves nothing to write.
  @Test(arguments: ["csv", "json", "jsonl"])
  func savedWorkspaceIsUnchanged(_ ending: String) async throws {
    let fixture = PipelineFixture()
    let (saved, _) = try await run("list | save \"w.\(ending)\" | count", fixture: fixture)
    #expect(saved.error == nil)
    let (difference, _) = try await run("list | diff from \"w.\(ending)\"", fixture: fixture)
    #expect(difference.error == nil)
    expectEqual(difference.rows.map(\.text), saved.rows.map(\.text))
    let (result, sent) = try await run(
      """
      from "w.\(ending)"
      | update name = name, folder_id = folder_id, external_id = external_id, parent_id = parent_id
      """, fixture: fixture)
    #expect(result.error == nil)
    #expect(sent == [])
  }
}
