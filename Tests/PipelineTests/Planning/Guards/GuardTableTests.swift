import API
import Evaluation
import Execution
import JSON
import Language
import Planning
import TestSupport
import Testing

/// Every guard in every way that a plan can be carried out: three connections, 36, 37 and 38, are
/// moved to folder 7.
@Suite struct GuardTableTests {
  enum Guard: CaseIterable, Sendable {
    /// The profile protects 38.
    case protect
    /// The profile is read-only.
    case readOnly
    /// `--max-writes 2`, `max_writes = 2`, `--max-percent 34`, `--expect 2`.
    case maxWrites, profileMaxWrites, maxPercent, expect
    /// One second is left for writes that take three.
    case deadline
    /// Somebody has changed 38 since the plan was made.
    case drift
    /// The same plan was carried out before.
    case oneUse
  }

  enum Way: CaseIterable, Sendable {
    case run, apply, resume, several, loop, undo, go
  }

  /// The exit code, and the number of writes sent.
  struct Cell: Equatable, Sendable, CustomStringConvertible {
    let exitCode: ExitCode
    let calls: Int
    init(_ exitCode: ExitCode, _ calls: Int) { (self.exitCode, self.calls) = (exitCode, calls) }
    var description: String { "\(exitCode) \(calls)" }
  }

  /// The table. Without a plan that was made before, nothing can have drifted, and nothing is used up.
  private static func expected(_ kind: Guard, _ way: Way) -> Cell {
    let done = Cell(.success, 3)
    switch (kind, way) {
    // What was confirmed needs no second permission, but a profile's protection and time do. The first
    // write is in doubt.
    case (.maxWrites, .resume), (.profileMaxWrites, .resume), (.maxPercent, .resume),
      (.expect, .resume):
      return done
    case (.protect, .resume), (.readOnly, .resume): return Cell(.inDoubt, 0)
    case (.protect, _), (.readOnly, _), (.maxWrites, _), (.profileMaxWrites, _), (.maxPercent, _):
      return Cell(.guardRefused, 0)
    // It would be ambiguous.
    case (.expect, .several), (.expect, .loop): return Cell(.usage, 0)
    case (.expect, _): return Cell(.guardRefused, 0)
    case (.deadline, _): return Cell(.limited, 0)
    case (.drift, .apply), (.drift, .undo): return Cell(.stalePlan, 2)
    case (.drift, .resume): return Cell(.stalePlan, 2)
    // The plan is not the one that was shown, so it is shown and asked for again.
    case (.drift, .go): return Cell(.notConfirmed, 0)
    case (.drift, _): return done
    case (.oneUse, .apply), (.oneUse, .undo): return Cell(.stalePlan, 0)
    case (.oneUse, _): return done
    }
  }

  @Test(arguments: Guard.allCases, Way.allCases)
  func everyGuardHoldsInEveryWay(_ kind: Guard, _ way: Way) async throws {
    let cell = try await Attempt(kind: kind, way: way).cell()
    #expect(cell == Self.expected(kind, way))
  }
}

/// One cell of the table.
private struct Attempt {
  let kind: GuardTableTests.Guard
  let way: GuardTableTests.Way

  private static let text = "get 36, 37, 38 | update folder_id = 7"

  func cell() async throws -> GuardTableTests.Cell {
    let fixture = fixture(isMoved: way == .undo)
    let result = try await result(fixture)
    return GuardTableTests.Cell(result.exitCode, await fixture.server.calls.count)
  }

  private func result(_ fixture: PipelineFixture) async throws -> PipelineFixture.Result {
    switch way {
    case .run: return try await run(Self.text, fixture)
    case .several:
      return try await run(
        "get 36 | update folder_id = 7\nget 37, 38 | update folder_id = 7", fixture)
    case .loop:
      return try await run("for id in [36, 37, 38] { get $id | update folder_id = 7 }", fixture)
    case .apply: return try await apply(try await planned(), fixture)
    case .undo: return try await apply(try await undone(), fixture)
    case .resume: return try await run(Self.text, fixture, resuming: try await interrupted())
    case .go: return try await go(fixture)
    }
  }

  // MARK: Ways

  private func run(
    _ text: String, _ fixture: PipelineFixture, resuming past: RunJournal? = nil
  ) async throws -> PipelineFixture.Result {
    let guards = try profile
    return try await fixture.run(text, resuming: past) { configure(&$0, guards) }
  }

  /// Carries out the plan that was shown before.
  private func go(_ fixture: PipelineFixture) async throws -> PipelineFixture.Result {
    let shown = try await PipelineFixture().plan(Self.text).plan
    let guards = try profile
    return try await fixture.run(Self.text, answers: kind == .drift ? ["n"] : ["3"]) {
      configure(&$0, guards)
      $0.guards.agreed = shown
    }
  }

  private func apply(_ file: PlanFile, _ fixture: PipelineFixture) async throws
    -> PipelineFixture.Result
  {
    let used = MemoryPlans()
    let guards = try profile
    if kind == .oneUse { _ = try used.markApplied(file.hash, by: "run-0") }
    return try await fixture.apply(file, used: used) { configure(&$0, guards) }
  }

  private func planned() async throws -> PlanFile {
    try await PipelineFixture().planFile(Self.text)
  }

  private func undone() async throws -> PlanFile {
    let before = PipelineFixture()
    _ = try await before.run(Self.text)
    let journal = try ParsedJournal(before.runs.journal)
    return try PlanFile(
      sealing: try UndoPlanner(RunHistory(journal), of: "run-1").plan(
        sha256: journal.hash, at: try #require(Timestamp(iso8601: PipelineFixture.created)),
        on: PipelineFixture.workspace))
  }

  /// The journal of a run that ended after its first intent.
  private func interrupted() async throws -> RunJournal {
    let before = PipelineFixture()
    _ = try await before.run(Self.text)
    let lines = before.runs.journal.split(separator: UInt8(ascii: "\n"))
    let last = try #require(
      lines.firstIndex { String(decoding: $0, as: UTF8.self).contains(#""type":"intent""#) })
    let journal = try ParsedJournal(
      Array(lines[...last].joined(separator: [0x0A])) + [0x0A])
    let history = RunHistory(journal)
    return RunJournal(
      before.runs, try #require(history.start), in: before.runs, after: journal, history, token: "",
      time: { "T" })
  }

  // MARK: The guard

  private func fixture(isMoved: Bool) -> PipelineFixture {
    PipelineFixture(
      Samples.connections.map { connection in
        var changes: [(String, JSON)] = isMoved ? [("folder_id", .int(7))] : []
        if kind == .drift, connection.id == 38 {
          changes = [("folder_id", .int(9)), ("updated_at", .string("2026-01-31T10:00:30Z"))]
        }
        return [36, 37, 38].contains(connection.id)
          ? connection.merging(JSON.Object(changes)) : connection
      })
  }

  private var profile: ProfileGuards? {
    get throws {
      switch kind {
      case .protect: try Profiles.guards("protect = id == 38")
      case .readOnly: try Profiles.guards("read_only = true")
      case .profileMaxWrites: try Profiles.guards("max_writes = 2")
      default: nil
      }
    }
  }

  private func configure(_ context: inout RunContext, _ profile: ProfileGuards?) {
    context.guards.profile = profile
    switch kind {
    case .maxWrites: context.guards.maxWrites = 2
    case .maxPercent: context.guards.maxPercent = 34
    case .expect: context.guards.expected = 2
    case .deadline: context.execution.deadline = 1
    case .protect, .readOnly, .profileMaxWrites, .drift, .oneUse: return
    }
  }
}
