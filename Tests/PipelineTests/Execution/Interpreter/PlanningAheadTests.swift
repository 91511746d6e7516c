import API
import Evaluation
import Execution
import JSON
import Planning
import TestSupport
import Testing

/// Scripts with several writes: what is planned together, and what is asked.
@Suite struct PlanningAheadTests {
  private func run(
    _ text: String, answers: [String], fixture: PipelineFixture = PipelineFixture()
  ) async throws -> (fixture: PipelineFixture, result: PipelineFixture.Result) {
    (fixture, try await fixture.run(text, answers: answers))
  }

  private static let independent = """
    list where application == "jira" | update folder_id = 7
    list where name starts with "ACME" | update external_id = "e"
    """

  @Test func independentPipelinesAreAskedOnceWithOneList() async throws {
    let (fixture, result) = try await run(Self.independent, answers: ["4"])
    #expect(result.error?.message == nil)
    expectEqual(await fixture.server.calls.compactMap(\.id), [36, 38, 40, 37])
    #expect(await fixture.server.queries.count == 1)
    #expect(fixture.output.talk.filter { $0.contains("This takes") }.count == 1)
    #expect(!fixture.output.talk.joined().contains("Planned on the workspace"))
  }

  @Test func oneWrongAnswerSendsNothing() async throws {
    let (fixture, result) = try await run(Self.independent, answers: ["3"])
    #expect(result.exitCode == .notConfirmed)
    expectEqual(await fixture.server.calls, [])
  }

  /// A limit counts all parts before the first is sent.
  @Test func limitCoversTheWholeScript() async throws {
    let fixture = PipelineFixture()
    let result = try await fixture.run(Self.independent) { $0.guards.maxWrites = 3 }
    #expect(result.exitCode == .guardRefused)
    expectEqual(result.error?.message, "--max-writes 3, but 4 are planned")
    expectEqual(await fixture.server.calls, [])
  }

  @Test func loopOverGetListsOnce() async throws {
    let text = "for row in list where application == \"jira\" { get $row.id | update name = \"n\" }"
    let (fixture, result) = try await run(text, answers: ["3"])
    #expect(result.error?.message == nil)
    expectEqual(await fixture.server.calls.compactMap(\.id), [36, 38, 40])
    #expect(await fixture.server.queries.count == 1)
  }

  @Test(arguments: [PipelineFixture.Mode.preview, .live])
  func loopOverIdsListsOnce(_ mode: PipelineFixture.Mode) async throws {
    let fixture = PipelineFixture()
    _ = try await fixture.run("for id in [36, 37, 38] { get $id | disconnect }", mode)
    expectEqual(await fixture.server.queries.count, 1)
  }

  /// A condition on what an earlier write changes is planned as if that write succeeded.
  @Test(arguments: [
    ("get 36 | update folder_id = 7\nlist where folder_id == 7 | disconnect", [36, 36]),
    ("get 36 | delete\nlist where application == \"jira\" | disconnect", [36, 38, 40]),
    ("get 36 | disconnect\nlist where not connected and id == 36 | delete", [36, 36]),
  ])
  func dependentPipelinesArePlannedOnTheSimulatedWorkspace(_ text: String, _ ids: [Int64])
    async throws
  {
    let (fixture, result) = try await run(
      text, answers: [text.contains("jira") ? "www.workato.com" : String(ids.count)])
    #expect(result.error?.message == nil)
    expectEqual(await fixture.server.calls.compactMap(\.id), ids)
    #expect(
      fixture.output.talk.joined().contains(
        "Planned on the workspace as the writes before would leave it: test:2:1."))
  }

  /// What only the server can tell after a write is planned when it is known.
  @Test(arguments: [
    ("get 36 | update name = \"n\"", "list where updated_at < now() and id == 37"),
    ("get 36 | update name = \"n\"", "list | sort by updated_at | first 1"),
    ("get 36 | update input = { a: \"x\" }", "list where connected or id == 37 | first 1"),
    ("create name = \"a\", provider = \"jira\"", "list | sort by id | first 1"),
    ("create name = \"a\", provider = \"jira\"", "list where created_at < now() | first 1"),
    (
      "let made = create name = \"a\", provider = \"jira\"",
      "for x in $made { if $x.id > 0 { get 37"
    ),
  ])
  func whatTheServerDecidesIsPlannedLater(_ first: String, _ selection: String) async throws {
    let fixture = PipelineFixture()
    let end = selection.hasPrefix("for") ? " } }" : ""
    let text = "\(first)\n\(selection) | update name = \"m\"\(end)"
    let result = try await fixture.run(text, answers: ["y", "n"])
    #expect(result.exitCode == .someFailed)
    #expect(result.error?.message == "not confirmed; nothing further was changed")
    #expect(await fixture.server.calls.count == 1)
  }

  /// The selection of a loop is made before its writes.
  @Test func loopMaySelectByWhatItsWritesChange() async throws {
    let text = """
      for row in list where updated_at < now() and application == "jira" | first 2 {
        get $row.id | update name = "n"
      }
      """
    let (fixture, result) = try await run(text, answers: ["2"])
    #expect(result.error?.message == nil)
    expectEqual(await fixture.server.calls.count, 2)
  }

  /// What depends on an outcome is planned when it is known; the first question says so.
  @Test func outcomesAreAskedForAgain() async throws {
    let fixture = PipelineFixture()
    let refused = Rejection(kind: .refused, status: 200, message: "used by active recipes")
    await fixture.server.answer([.rejected(refused)])
    let text = """
      let done = get 36, 37 | disconnect
      for row in $done | where outcome == "rejected" { get $row.id | disconnect force }
      """
    let result = try await fixture.run(text, answers: ["www.workato.com", "y"])
    #expect(result.error?.message == nil)
    expectEqual(
      await fixture.server.calls,
      [
        .disconnect(id: 36, force: false), .disconnect(id: 37, force: false),
        .disconnect(id: 36, force: true),
      ])
  }

  /// Rows that outcomes select are known after the writes, however they reach the next write.
  @Test(arguments: [
    """
    let bad = $done | where outcome == "rejected"
    let one = $bad | first 1
    for x in $one { get $x.id | disconnect force }
    """,
    "let bad = $done | where outcome == \"rejected\"\nfor x in $bad { get $x.id | disconnect force }",
    """
    let bad = $done | where outcome == "rejected"
    let n = count($bad)
    if $n > 0 { get 36 | disconnect force }
    """,
    "let bad = $done | where outcome == \"rejected\"\nif count($bad) > 0 { get 36 | disconnect force }",
    """
    let bad = $done | where outcome == "rejected"
    get 36 | where count($bad) > 0 | disconnect force
    """,
    "$done | where outcome == \"rejected\"\nfor x in it { get $x.id | disconnect force }",
    """
    for x in $done {
      let same = get 36 | where id == $x.id and $x.outcome == "rejected"
      $same | disconnect force
    }
    """,
    """
    for x in $done {
      get 36 | where id == $x.id and $x.outcome == "rejected"
      it | disconnect force
    }
    """,
    """
    let bad = $done | where outcome == "rejected"
    let change = get 36 | diff $bad
    if count($change) == 0 { get 36 | disconnect force }
    """,
  ])
  func rowsThatOutcomesSelectAreKnownLater(_ text: String) async throws {
    let fixture = PipelineFixture()
    let refused = Rejection(kind: .refused, status: 200, message: "used by active recipes")
    await fixture.server.answer([.rejected(refused)])
    _ = try await fixture.run("let done = get 36, 37 | disconnect\n" + text)
    expectEqual(
      await fixture.server.calls,
      [
        .disconnect(id: 36, force: false), .disconnect(id: 37, force: false),
        .disconnect(id: 36, force: true),
      ])
  }

  /// Rows that were only looked at cost no second question.
  @Test func rowsThatOutcomesSelectMayBeShown() async throws {
    let text = """
      let done = get 36, 37 | disconnect
      let bad = $done | where outcome != "done"
      print f"{count($bad)} failed"
      get 38 | disconnect
      """
    let (fixture, result) = try await run(text, answers: ["www.workato.com"])
    #expect(result.error?.message == nil)
    expectEqual(await fixture.server.calls.compactMap(\.id), [36, 37, 38])
  }

  @Test func firstQuestionNamesWhatIsPlannedLater() async throws {
    let text = """
      get 36 | update name = "n"
      let done = get 37 | disconnect
      if count($done) == 1 { get 38 | disconnect }
      """
    let (fixture, result) = try await run(text, answers: ["www.workato.com", "y"])
    #expect(result.error?.message == nil)
    expectEqual(await fixture.server.calls.compactMap(\.id), [36, 37, 38])
    #expect(
      fixture.output.talk.first?.contains(
        "What follows depends on the outcomes and is planned when they are known: test:3:4.")
        == true)
  }

  /// A later part leaves out connections whose earlier write was not done.
  @Test func laterPartsSkipWhatFailed() async throws {
    let fixture = PipelineFixture()
    let refused = Rejection(kind: .refused, status: 200, message: "no")
    await fixture.server.answer([.rejected(refused)])
    let result = try await fixture.run("get 36, 37 | disconnect\nget 36, 37 | delete")
    #expect(result.exitCode == .someFailed)
    expectEqual(
      await fixture.server.calls,
      [
        .disconnect(id: 36, force: false), .disconnect(id: 37, force: false), .delete(id: 37),
      ])
  }

  /// Rows that an earlier part creates have their real ids when a later part uses them.
  @Test func laterPartsUseTheIdsOfCreatedConnections() async throws {
    let fixture = PipelineFixture()
    let text = """
      let made = get 36, 37 | create name = f"shell {id}", provider = "jira", shell_connection = true
      for row in $made { get 38 | update name = f"child of {$row.id}", parent_id = $row.id }
      """
    let result = try await fixture.run(text)
    #expect(result.error?.message == nil)
    let calls = await fixture.server.calls
    let bodies = calls.suffix(2).map { $0.request.body?.shown.text ?? "" }
    #expect(calls.count == 4)
    #expect(!bodies.contains { $0.contains("{") && $0.contains("$row") })
    #expect(bodies.first != bodies.last)
  }

  /// A value that needs the id of a connection that was not created can't be sent.
  @Test(arguments: [
    "for x in $made { get 38 | update name = f\"child of {$x.id}\" }",
    "for x in $made { get 38 | update parent_id = $x.id }",
    "for x in $made { create name = \"c\", provider = \"jira\", parent_id = $x.id }",
    "for x in $made { get 38 | disconnect | update name = f\"child of {$x.id}\" }",
    "$made | create name = f\"child of {id}\", provider = \"jira\"",
  ])
  func writesThatNeedAMissingConnectionAreSkipped(_ second: String) async throws {
    let fixture = PipelineFixture()
    let refused = Rejection(kind: .refused, status: 400, message: "no")
    await fixture.server.answer([.rejected(refused)])
    let text = "let made = create name = \"a\", provider = \"jira\"\n\(second)"
    let result = try await fixture.run(text)
    #expect(result.exitCode == .someFailed)
    let bodies = await fixture.server.calls.map { $0.request.body?.shown.text ?? "" }
    #expect(!bodies.contains { $0.contains("child of") || $0.contains("parent_id") }, "\(bodies)")
  }

  /// A row that is only read shows the real workspace, not the simulated one.
  @Test func readsBetweenWritesAreReal() async throws {
    let fixture = PipelineFixture()
    let text = """
      get 36 | delete | select id, outcome
      list | count
      get 37 | delete | select id, outcome
      """
    let result = try await fixture.run(text)
    #expect(result.error?.message == nil)
    #expect(result.rows.count == 3)
    expectEqual(await fixture.server.calls.compactMap(\.id), [36, 37])
  }

  /// A file that an earlier statement saves is read when it has been saved.
  @Test func readsFilesThatTheScriptSaves() async throws {
    let fixture = PipelineFixture()
    fixture.disk.put("left.json", #"[{"id":36,"name":"stale"}]"#)
    let text = """
      get 37 | disconnect | select id, name | save "left.json"
      for row in from "left.json" { get $row.id | update name = "saved" }
      """
    let result = try await fixture.run(text)
    #expect(result.error?.message == nil)
    expectEqual(await fixture.server.calls.map(\.id), [37, 37])
  }

  /// The last result has outcomes, too.
  @Test func lastResultIsPlannedWhenItIsKnown() async throws {
    let fixture = PipelineFixture()
    let refused = Rejection(kind: .refused, status: 200, message: "no")
    await fixture.server.answer([.rejected(refused)])
    let text = """
      get 36, 37 | disconnect
      for row in it | where outcome == "rejected" { get $row.id | disconnect force }
      """
    let result = try await fixture.run(text)
    #expect(result.error?.message == nil)
    expectEqual(await fixture.server.calls.map(\.id), [36, 37, 36])
  }

  /// Connections that the script makes are targets, but not yet a part of the workspace.
  @Test func newConnectionsAreCounted() async throws {
    let text = """
      let made = get 36, 37 | create name = f"copy {name}", provider = "jira"
      $made | update folder_id = 7
      """
    let plan = try await PipelineFixture().plan(text).plan
    expectEqual(
      plan.parts.map(\.sentence),
      [
        "Create 2 connections.", "Update `folder_id` of the 2 connections (of 6).",
      ])
    expectEqual(plan.parts.map(\.population), [6, 6])
  }
}
