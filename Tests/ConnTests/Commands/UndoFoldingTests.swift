import Foundation
import Simulator
import TestSupport
import Testing

/// Undoes runs that changed a connection more than once, or connections that depend on each other.
@Suite struct UndoFoldingTests {
  /// Becomes 38.
  private static let child =
    #"create name = "child", application = "salesforce", parent_id = 36"#
  private static let run = "id=$(conn runs --output json | jq -r '.[0].run')\n"
  private static let undo = run + "conn undo $id -o undo.plan"
  private static let apply =
    "conn apply undo.plan --yes --rate 20 | jq -c '[.action, .outcome]'"

  /// Runs a script, then plans and applies its inverse.
  private func runAndUndo(_ script: String, first: String? = nil) async throws
    -> (fixture: WriteFixture, page: String, outcomes: String, before: [SimulatedConnection])
  {
    let fixture = try await WriteFixture(script: script)
    if let first {
      let result = try await fixture.shell("conn eval '\(first)' --yes --max-writes 9")
      #expect(result.exitCode == 0, "\(result.errors)")
    }
    let before = await fixture.server.connections()
    let done = try await fixture.shell(WriteFixture.run)
    #expect(done.exitCode == 0, "\(done.errors)")
    let planned = try await fixture.shell(Self.undo)
    #expect(planned.exitCode == 0, "\(planned.errors)")
    let applied = try await fixture.shell(Self.apply)
    return (fixture, planned.output, applied.output, before)
  }

  private func facts(_ rows: [SimulatedConnection]) -> [String] {
    rows.map { "\($0.name ?? "") \($0["folder_id"].integer ?? 0)" }.sorted()
  }

  /// The child is deleted last, so its shell would be created first.
  @Test(arguments: ["get 36 | delete\nget 38 | delete", "get 38 | delete\nget 36 | delete"])
  func childIsRestoredUnderItsParentsShell(_ script: String) async throws {
    let (fixture, page, outcomes, before) = try await runAndUndo(
      script, first: Self.child)
    #expect(outcomes == "[\"create\",\"done\"]\n[\"create\",\"done\"]\n")
    #expect(page.contains("\n1. undo 2"))
    #expect(!page.contains(":1:1"))
    let after = await fixture.server.connections()
    #expect(facts(after) == facts(before))
    let parent = try #require(after.first { $0.name == "ACME Production Salesforce connection" })
    let child = try #require(after.first { $0.name == "child" })
    #expect(![36, 38].contains(parent.id))
    #expect(child["parent_id"].integer == parent.id)
    try await fixture.close()
  }

  /// The shell has the values from before the run; nothing is sent to the deleted id.
  @Test func restoresOriginalValuesOfDeletedConnections() async throws {
    let (fixture, page, outcomes, before) = try await runAndUndo(
      """
      get 36 | update name = "a", folder_id = 1892
      get 36 | update name = "b" | delete
      """)
    #expect(page.contains("Undo 3 of the 3 writes of run "))
    #expect(outcomes == "[\"create\",\"done\"]\n")
    expectEqual(await facts(fixture.server.connections()), facts(before))
    try await fixture.close()
  }

  @Test func mergesSeveralUpdates() async throws {
    let (fixture, page, outcomes, before) = try await runAndUndo(
      """
      get 36 | update name = "a"
      get 36 | update name = "b", folder_id = 1892
      get 36 | update folder_id = 28940
      """)
    #expect(page.contains("Undo 3 of the 3 writes of run "))
    #expect(outcomes == "[\"update\",\"done\"]\n")
    expectEqual(await facts(fixture.server.connections()), facts(before))
    try await fixture.close()
  }

  @Test func deletesCreatedAndChangedConnections() async throws {
    let (fixture, _, outcomes, before) = try await runAndUndo(
      "create name = \"new\", application = \"jira\" | update folder_id = 1892")
    #expect(outcomes == "[\"delete\",\"done\"]\n")
    expectEqual(await facts(fixture.server.connections()), facts(before))
    try await fixture.close()
  }

  @Test func ignoresCreatedAndDeletedConnections() async throws {
    let fixture = try await WriteFixture(
      script: "create name = \"new\", application = \"jira\" | update name = \"x\" | delete")
    expectEqual(try await fixture.shell(WriteFixture.run).exitCode, 0)
    let planned = try await fixture.shell(Self.undo)
    #expect(planned.exitCode == 0)
    #expect(
      planned.errors.contains("Nothing to undo: run "), "\(planned.errors)")
    #expect(!planned.errors.contains("can't be restored"))
    try await fixture.close()
  }

  /// A child moved off a parent that was then deleted is moved back under the parent's shell.
  @Test func movesChildrenBackUnderTheShell() async throws {
    let (fixture, _, outcomes, _) = try await runAndUndo(
      "get 38 | update parent_id = null\nget 36 | delete", first: Self.child)
    #expect(outcomes == "[\"create\",\"done\"]\n[\"update\",\"done\"]\n")
    let rows = await fixture.server.connections()
    let parent = try #require(rows.first { ![37, 38].contains($0.id) })
    #expect(rows.first { $0.id == 38 }?["parent_id"].integer == parent.id)
    try await fixture.close()
  }

  /// A parent that was created is deleted once nothing depends on it any more.
  @Test func deletesACreatedParentLast() async throws {
    let (fixture, page, outcomes, _) = try await runAndUndo(
      """
      for new in create name = "new", application = "salesforce" {
        get 38 | update parent_id = $new.id
      }
      get 36 | delete
      """, first: Self.child)
    #expect(
      outcomes == "[\"create\",\"done\"]\n[\"update\",\"done\"]\n[\"delete\",\"done\"]\n")
    #expect(page.contains("Then the connections that depend on those.\n"))
    let rows = await fixture.server.connections()
    let parent = try #require(rows.last)
    #expect(parent.name == "ACME Production Salesforce connection")
    #expect(rows.map(\.id) == [37, 38, parent.id])
    #expect(rows[1]["parent_id"].integer == parent.id)
    try await fixture.close()
  }

  /// A write in doubt is not part of the plan, and is reported.
  @Test func refusesRunsWithWritesInDoubt() async throws {
    let fixture = try await WriteFixture([
      SimulatorFault(on: .update, play: .reset, applies: true),
      SimulatorFault(on: .list, nth: 2, play: .status(401)),
    ])
    expectEqual(try await fixture.shell(WriteFixture.run).exitCode, 9)
    let id = try #require(fixture.runs.first).lastPathComponent
    let refused = try await fixture.shell(Self.undo)
    #expect(refused.exitCode == 2)
    #expect(
      refused.errors == """
        error: run \(id) has 1 write in doubt
           = help: run conn resume \(id) first: it finds out what became of it

        """)
    expectEqual(try await fixture.shell("\(WriteFixture.resume); test ! -e undo.plan").exitCode, 0)
    expectEqual(try await fixture.shell(Self.undo).exitCode, 0)
    try await fixture.close()
  }
}
