import API
import Evaluation
import Execution
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

  /// The rounds of a loop have one sentence and one table, stage by stage and pipeline by pipeline.
  @Test func roundsOfALoopAreShownTogether() async throws {
    let text = """
      for row in list where application == "jira" {
        get $row.id | update name = f"new {name}" | disconnect
        get $row.id | update external_id = "e"
      }
      """
    let (fixture, result) = try await run(text, answers: ["www.workato.com"])
    #expect(result.error?.message == nil)
    expectEqual(
      await fixture.server.calls.compactMap(\.id), [36, 36, 36, 38, 38, 38, 40, 40, 40])
    let question = fixture.output.talk.first ?? ""
    let sentences = question.split(separator: "\n").suffix(4).dropLast()
    expectText(
      sentences.joined(separator: "\n"),
      """
      1. Update `name` of the 3 connections (of 6), then disconnect them, in 3 rounds of a loop.
      2. Update `external_id` of the 3 connections (of 6), in 3 rounds of a loop.
      `disconnect` of 3 connections cannot be undone: the credentials are gone.
      """)
    #expect(question.contains("\n2. update 3 jira connections\n"))
  }

  /// A preview says the same as the question about what is planned later, or on simulated writes.
  @Test(arguments: [
    (
      "get 36 | update name = \"n\"\nlist where updated_at > @2026-01-01 | first 1 | disconnect",
      "What follows depends on the outcomes and is planned when they are known: test:2:6."
    ),
    (
      "get 36 | update folder_id = 7\nlist where folder_id == 7 | disconnect",
      "Planned on the workspace as the writes before would leave it: test:2:1."
    ),
  ])
  func previewSaysWhatItAssumes(_ text: String, _ remark: String) async throws {
    let fixture = PipelineFixture()
    _ = try await fixture.run(text, .preview)
    #expect(fixture.output.talk.contains(remark))
    let (asked, _) = try await run(text, answers: ["n", "n"])
    #expect(asked.output.talk.joined().contains(remark))
  }

  /// A write that a condition on outcomes leaves out isn't announced.
  @Test func sentenceLeavesOutWhatIsNotPlanned() async throws {
    let text = #"get 37 | disconnect | where outcome == "rejected" | delete"#
    let (fixture, result) = try await run(text, answers: ["y"])
    #expect(result.error?.message == nil)
    let question = fixture.output.talk.first ?? ""
    #expect(
      question.contains("\nDisconnect the connection 37 \"ACME google sheet account\" (of 6).\n"))
  }

  @Test func newConnectionIsNamedAsNew() async throws {
    let text = """
      let made = create name = "n", application = "jira"
      $made | update external_id = "e"
      """
    let (fixture, result) = try await run(text, answers: ["2"])
    #expect(result.error?.message == nil)
    let question = fixture.output.talk.first ?? ""
    #expect(question.contains("\n2. Update `external_id` of the new connection \"n\" (of 6).\n"))
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

  /// Writes that a stop leaves out are reported, but don't move the progress line.
  @Test func stoppedRunReportsAllConfirmedWrites() async throws {
    let fixture = PipelineFixture()
    await fixture.server.answer([.rejected(Rejection(kind: .refused, status: 400, message: "no"))])
    let result = try await fixture.run("get 36, 37 | disconnect\nget 38 | update name = \"n\"") {
      $0.execution.failures.stopsAtFirst = true
    }
    #expect(result.exitCode == .someFailed)
    #expect(
      result.sentence?.contains("0 of 2 disconnected, 0 of 1 updated, 1 rejected, 2 not tried")
        == true)
    #expect(
      fixture.output.shown.filter { $0.contains("disconnect") }.count == 1,
      "\(fixture.output.shown)")
    expectEqual(await fixture.server.calls.compactMap(\.id), [36])
  }
}
