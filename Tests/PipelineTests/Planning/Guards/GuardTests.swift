import API
import Evaluation
import Execution
import Planning
import TestSupport
import Testing

@Suite struct GuardTests {
  /// `--max-percent` applies to the writes of the whole script.
  @Test func percentCountsAllWrites() async throws {
    let fixture = PipelineFixture()
    let result = try await fixture.run("for x in [36, 37, 38] { get $x | delete }") {
      $0.guards.maxPercent = 34
    }
    #expect(result.exitCode == .guardRefused)
    expectEqual(result.error?.message, "--max-percent 34, but 3 of 6 are selected")
    expectEqual(await fixture.server.calls.count, 0)
  }

  private func refusal(
    _ text: String, answers: [String] = [], _ configure: (inout RunContext) -> Void
  ) async throws -> (RunError?, Int) {
    let fixture = PipelineFixture()
    let result = try await fixture.run(text, answers: answers, configure: configure)
    return (result.error, await fixture.server.calls.count)
  }

  @Test func yesIsNeededWithoutATerminal() async throws {
    let (error, calls) = try await refusal("get 36 | delete") { $0.guards.confirmed = false }
    #expect(error?.exitCode == .notConfirmed)
    #expect(error?.help?.contains("--yes") == true)
    #expect(calls == 0)
  }

  @Test func boundIsNeededWithoutATerminal() async throws {
    let (error, calls) = try await refusal("list where connected | disconnect") {
      $0.guards.maxWrites = nil
    }
    #expect(error?.exitCode == .notConfirmed)
    #expect(error?.help?.contains("--max-writes") == true)
    #expect(calls == 0)
  }

  @Test(arguments: [
    ("get 36 | disconnect", 1), ("list where connected | first 1 | disconnect", 1),
    ("list where connected | expect count <= 5 | disconnect", 2),
  ])
  func languageBoundsRows(_ text: String, _ expected: Int) async throws {
    let (error, calls) = try await refusal(text) { $0.guards.maxWrites = nil }
    #expect(error == nil)
    #expect(calls == expected)
  }

  @Test func expectIsExact() async throws {
    expectEqual(
      try await refusal("list where connected | disconnect") { $0.guards.expected = 2 }.1, 2)
    let (error, calls) = try await refusal("list where connected | disconnect") {
      $0.guards.expected = 3
    }
    #expect(error?.message == "--expect 3, but 2 rows are selected")
    #expect(error?.exitCode == .guardRefused)
    #expect(calls == 0)
  }

  /// A row that needs no change counts as selected.
  @Test(
    arguments: [(2, nil, 1), (1, "--expect 1, but 2 rows are selected", 0)]
      as [(Int, String?, Int)])
  func expectCountsRowsThatNeedNoChange(
    _ expected: Int, _ message: String?, _ sent: Int
  ) async throws {
    let (error, calls) = try await refusal("get 36, 38 | update folder_id = 4515") {
      $0.guards.expected = expected
    }
    #expect(error?.message == message)
    #expect(calls == sent)
  }

  @Test func expectIsRefusedWithSeveralPipelines() async throws {
    let text = "get 36 | disconnect\nget 37 | disconnect"
    let (error, calls) = try await refusal(text) { $0.guards.expected = 1 }
    #expect(error?.exitCode == .usage)
    #expect(calls == 0)
  }

  @Test func maxWritesMayBeZero() async throws {
    let (error, calls) = try await refusal("get 36 | disconnect") { $0.guards.maxWrites = 0 }
    #expect(error?.exitCode == .guardRefused)
    #expect(calls == 0)
  }

  @Test func maxWritesCountsTheWholeRun() async throws {
    let text = "get 36, 37 | disconnect\nget 38, 39 | disconnect"
    let (error, calls) = try await refusal(text) { $0.guards.maxWrites = 3 }
    #expect(error?.message == "--max-writes 3, but 4 are planned")
    #expect(calls == 0)
  }

  @Test func maxWritesCountsWhatWasSentBefore() async throws {
    let text =
      "let r = get 36, 37 | disconnect\n$r | where outcome == \"done\" | update name = \"n\""
    let (error, calls) = try await refusal(text) { $0.guards.maxWrites = 3 }
    #expect(error?.message == "--max-writes 3, but 2 are planned after 2 already sent")
    #expect(calls == 2)
  }

  @Test func limitsThePercentage() async throws {
    expectEqual(try await refusal("get 36 | disconnect") { $0.guards.maxPercent = 17 }.1, 1)
    let (error, calls) = try await refusal("get 36 | disconnect") { $0.guards.maxPercent = 16 }
    #expect(error?.exitCode == .guardRefused)
    #expect(calls == 0)
  }

  @Test func failureLimitOfZeroPermitsSuccess() async throws {
    expectEqual(
      try await refusal("get 36, 37 | disconnect") { $0.execution.failures.limit = 0 }.1, 2)
  }

  // MARK: Confirmation

  @Test(arguments: [
    ("get 36 | disconnect", ["y"], 1), ("get 36 | disconnect", ["yes"], 1),
    ("get 36 | disconnect", ["n"], 0), ("get 36 | disconnect", [""], 0),
    ("get 36, 37 | update name = \"a\"", ["2"], 2), ("get 36, 37 | update name = \"a\"", ["y"], 0),
    ("get 36, 37 | disconnect", ["www.workato.com"], 2), ("get 36, 37 | disconnect", ["2"], 0),
  ])
  func asksForTheRightAnswer(_ text: String, _ answers: [String], _ sent: Int) async throws {
    let (error, calls) = try await refusal(text, answers: answers) { _ in }
    #expect(calls == sent)
    #expect(error?.exitCode == (sent == 0 ? .notConfirmed : nil))
  }

  /// No confirmation is asked for if the plan can't finish in time.
  @Test func checksTheDeadlineBeforeTheConfirmation() async throws {
    let fixture = PipelineFixture()
    let result = try await fixture.run("get 36, 37 | update name = \"a\"", answers: ["2"]) {
      $0.execution.deadline = 1
    }
    #expect(
      result.error?.message == "the writes take about 2 s, but the deadline leaves about 1 s")
    #expect(result.exitCode == .limited)
    #expect(fixture.output.talk == [])
  }

  /// An approval is for one plan; the same writes again are another plan.
  @Test func approvalHoldsForOnePlan() async throws {
    let text = "get 36 | disconnect"
    let plan = try await PipelineFixture().plan(text).plan
    let fixture = PipelineFixture()
    let result = try await fixture.run(text + "\n" + text, answers: ["n"]) {
      $0.guards.agreed = plan
    }
    let calls = await fixture.server.calls
    #expect(calls == [])
    #expect(result.error?.exitCode == .notConfirmed)
    #expect(fixture.output.talk.count == 1)
  }

  @Test func confirmationDescribesTheWrites() async throws {
    let fixture = PipelineFixture()
    _ = try await fixture.run(
      "list where tags has \"x\" and application == \"jira\" | disconnect force", answers: ["n"])
    #expect(
      fixture.output.talk.first == """
        Workspace https://www.workato.com
        disconnect force 1 jira connection
        36  Prod JIRA connection

        Force-disconnect the connection 36 "Prod JIRA connection" (of 6) that has the tag "x" and has `application` equal to "jira"; it has child connections that are not in this list.
        `disconnect force` of 1 connection cannot be undone: the credentials are gone.
        This takes about 1 s.
        """)
  }
}
