import API
import JSON
import Testing

@testable import Evaluation
@testable import Execution
@testable import Planning

/// The guards of a plan when it is applied: its own limits, and the current profile and options.
@Suite struct PlanGuardTests {
  private static let workspace = PipelineFixture.workspace(profile: "eu-prod")

  /// Plans under a profile without limits, and applies the plan after it has these settings.
  private func apply(
    _ text: String, under settings: String, on fixture: PipelineFixture,
    used: MemoryPlans = MemoryPlans()
  ) async throws -> (PipelineFixture.Result, PlanFile) {
    let file = try await PipelineFixture().planFile(text, profile: "eu-prod")
    let guards = try Profiles.guards(settings)
    let result = try await fixture.apply(file, used: used, workspace: Self.workspace) {
      $0.guards.profile = guards
    }
    return (result, file)
  }

  // MARK: The profile

  @Test(arguments: [
    ("tags has \"x\"", #"36 "Prod JIRA connection""#),
    ("name starts with \"ACME\"", #"37 "ACME google sheet account""#),
  ])
  func usesTheCurrentProtectOfTheProfile(_ predicate: String, _ named: String) async throws {
    let fixture = PipelineFixture()
    let (result, _) = try await apply(
      "get 36, 37 | delete", under: "protect = \(predicate)", on: fixture)
    #expect(
      result.error?.message
        == "the profile `eu-prod` protects 1 of the 2 connections that would be changed: "
        + named)
    #expect(result.exitCode == .guardRefused)
    let (queries, calls) = (await fixture.server.queries, await fixture.server.calls)
    #expect(queries.map(\.includesTags) == [predicate.hasPrefix("tags")])
    #expect(calls == [])
  }

  @Test func writesConnectionsThatAreNoLongerProtected() async throws {
    let fixture = PipelineFixture()
    let (result, _) = try await apply("get 36 | delete", under: "protect = id == 37", on: fixture)
    let calls = await fixture.server.calls
    #expect(result.error?.message == nil)
    #expect(calls == [.delete(id: 36)])
  }

  /// The plan is not used up: it can be applied once the profile permits writes.
  @Test func readOnlyProfileRefusesAPlan() async throws {
    let (fixture, used) = (PipelineFixture(), MemoryPlans())
    let (result, file) = try await apply(
      "get 36 | delete", under: "read_only = true", on: fixture, used: used)
    #expect(result.error?.message == "the profile `eu-prod` is read-only, but the plan writes")
    #expect(result.exitCode == .guardRefused)
    let (queries, calls) = (await fixture.server.queries, await fixture.server.calls)
    #expect(queries == [])
    #expect(calls == [])
    #expect(used.run(using: file.hash) == nil)
  }

  /// The plan was interrupted when its first write was about to leave; the target of the third has
  /// changed since.
  @Test func resumedPlanRefusesARowThatBecameProtected() async throws {
    let file = try await PipelineFixture().planFile(
      "get 36, 37, 38 | update folder_id = 7", profile: "eu-prod")
    let first = PipelineFixture()
    _ = try await first.apply(file, workspace: Self.workspace)
    let renamed = Samples.connections.map { connection in
      connection.id == 38
        ? connection.merging(JSON.Object([("name", .string("keep"))])) : connection
    }
    let second = PipelineFixture(renamed)
    let guards = try Profiles.guards("protect = name == \"keep\"")
    let result = try await second.apply(
      file, terms: .resuming(file, on: Self.workspace), resuming: try Self.recorder(behind: first)
    ) {
      $0.guards.profile = guards
    }
    #expect(
      result.error?.message
        == "the profile `eu-prod` protects 1 of the 3 connections that would be changed: "
        + "38 \"keep\"")
    let calls = await second.server.calls
    #expect(calls == [])
  }

  /// Resumes after the first intent of the run.
  private static func recorder(behind fixture: PipelineFixture) throws -> RunJournal {
    let lines = fixture.runs.journal.split(separator: UInt8(ascii: "\n"))
    let last = try #require(
      lines.firstIndex { String(decoding: $0, as: UTF8.self).contains(#""type":"intent""#) })
    let bytes = Array(lines[...last].joined(separator: [0x0A])) + [0x0A]
    let journal = try ParsedJournal(bytes)
    let history = RunHistory(journal)
    let runs = MemoryRuns(["journal.jsonl": bytes])
    return RunJournal(
      runs, try #require(history.start), in: runs, after: journal, history, token: "",
      time: { "T" })
  }

  // MARK: Limits

  private static let threeWrites = "get 36, 37 | delete\nget 38 | delete"

  @Test(
    arguments: [
      (2, nil, "--max-writes 2, but 3 are planned"),
      (nil, 34, "--max-percent 34, but 3 of 6 are selected"),
      (3, 50, nil),
    ] as [(Int?, Int?, String?)])
  func guardsCountAllStepsOfAPlan(
    _ writes: Int?, _ percent: Int?, _ message: String?
  ) async throws {
    let fixture = PipelineFixture()
    let file = try await fixture.planFile(Self.threeWrites)
    let result = try await fixture.apply(file) {
      $0.guards.maxWrites = writes
      $0.guards.maxPercent = percent
    }
    #expect(result.error?.message == message)
    let calls = await fixture.server.calls.count
    #expect(calls == (message == nil ? 3 : 0))
  }

  /// The stricter of the plan's limits and the options applies.
  @Test(
    arguments: [
      (2, nil, "--max-writes 2, but 3 are planned"),
      (2, 100, "--max-writes 2, but 3 are planned"),
      (100, 1, "--max-writes 1, but 3 are planned"), (3, 100, nil),
    ] as [(Int, Int?, String?)])
  func appliesTheStricterMaxWrites(
    _ ownLimit: Int, _ option: Int?, _ message: String?
  ) async throws {
    let fixture = PipelineFixture()
    let limited = try await fixture.plan("list where id == 1 | delete") {
      $0.guards.maxWrites = ownLimit
    }
    let writing = try await fixture.plan(Self.threeWrites)
    let plan = PlanDocument(limited.header, writing.plan)
    let result = try await fixture.apply(try PlanFile(sealing: plan)) {
      $0.guards.maxWrites = option
    }
    #expect(result.error?.message == message)
    let calls = await fixture.server.calls.count
    #expect(calls == (message == nil ? 3 : 0))
  }

  /// A row that needs no change counts as selected, both when planning and when applying.
  @Test func expectCountsRowsThatNeedNoChange() async throws {
    let fixture = PipelineFixture()
    let text = "get 36, 38 | update folder_id = 4515"
    let plan = try await fixture.plan(text) { $0.guards.expected = 2 }
    let result = try await fixture.apply(try PlanFile(sealing: plan))
    #expect(result.error?.message == nil)
    let calls = await fixture.server.calls.map(\.id)
    #expect(calls == [38])
    let error = await #expect(throws: RunError.self) {
      try await fixture.plan(text) { $0.guards.expected = 1 }
    }
    #expect(error?.message == "would be refused: --expect 1, but 2 rows are selected")
  }

  // MARK: The deadline

  @Test func checksTheDeadlineBeforeTheConfirmation() async throws {
    let fixture = PipelineFixture()
    let file = try await fixture.planFile("get 36, 37 | update name = \"a\"")
    let used = MemoryPlans()
    let result = try await fixture.apply(file, answers: ["2"], used: used) {
      $0.execution.deadline = 1
    }
    #expect(
      result.error?.message == "the writes take about 2 s, but the deadline leaves about 1 s")
    #expect(fixture.output.talk == [])
    #expect(used.run(using: file.hash) == nil)
  }
}
