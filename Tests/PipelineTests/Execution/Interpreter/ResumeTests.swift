import JSON
import Planning
import TestSupport
import Testing

@testable import Evaluation
@testable import Execution

/// Kills whole scripts at every possible moment, and resumes them.
@Suite struct ResumeTests {
  static let scripts = [
    #"get 1, 2, 3 | update name = f"{name} (old)" | disconnect | delete"#,
    """
    list where id < 4 | disconnect | delete
    list where id > 4 and id < 8 | update name = f"{name} x"
    list | count | show
    """,
    #"for x in [1, 2, 3] { get $x | update name = f"round {$x}" }"#,
    """
    for x in [1, 2] {
      let done = get $x | update name = f"round {$x}"
      if count($done) == 1 { from "rows.csv" | count | show }
      get $x | disconnect
    }
    """,
    """
    let gone = get 1, 2, 3 | disconnect
    $gone | where outcome == "done" and id != 2 | delete
    """,
    """
    create name = "a", provider = "jira" | update name = "b"
    list where name == "b" | disconnect
    """,
    """
    from "rows.csv" | create name = title, provider = "jira"
    if count($kept) > 5 { get 9 | delete } else { get 8 | delete }
    """.replacing("if", with: "let kept = list where connected\nif"),
  ]

  /// The result and the messages are as if nothing had happened.
  @Test(arguments: scripts) func resumesAScriptKilledAnywhere(_ script: String) async throws {
    let whole = ResumeFixture()
    let expected = try await whole.run(script)
    #expect(expected.error == nil)
    for (index, moment) in whole.moments.enumerated() {
      let fixture = ResumeFixture(moment)
      let result = try await fixture.run(script)
      #expect(result.error == nil, "\(index): \(result.error?.message ?? "")")
      #expect(fixture.rows == whole.rows, "\(index)")
      #expect(result.rows.map { $0["outcome"] } == expected.rows.map { $0["outcome"] }, "\(index)")
      #expect(result.unfinished == nil)
    }
    #expect(whole.moments.count > 10)
  }

  /// A guard that was tightened meanwhile lets doubts be looked up, and sends nothing. Without it, the run
  /// then ends as if nothing had happened.
  @Test(arguments: scripts) func tightenedGuardSendsNothing(_ script: String) async throws {
    let readOnly = try Profiles.guards("read_only = true")
    let whole = ResumeFixture()
    _ = try await whole.run(script)
    var settled = 0
    for (index, moment) in whole.moments.enumerated() {
      let guarded = ResumeFixture(moment)
      let before = try guarded.done
      let result = try await guarded.run(script) { $0.guards.profile = readOnly }
      #expect(result.error?.exitCode == .guardRefused, "\(index): \(result.exitCode)")
      expectEqual(guarded.sends, 0, "\(index)")
      settled += try guarded.done - before
      let last = ResumeFixture(guarded.moments.last ?? moment)
      let end = try await last.run(script)
      #expect(end.error == nil, "\(index): \(end.error?.message ?? "")")
      expectEqual(last.names, whole.names, "\(index)")
    }
    #expect(settled > 0)
  }

  /// Writes after one in doubt wait for it; then the run continues as if nothing had happened.
  @Test func resumesWritesInDoubt() async throws {
    let script = Self.scripts[1]
    let whole = ResumeFixture()
    _ = try await whole.run(script)
    for doubtful in 1...3 {
      let fates = Array(repeating: SimulatedWorld.Fate.serverError, count: 4)
      let first = ResumeFixture(fates: fates, of: Int64(doubtful))
      let stopped = try await first.run(script)
      #expect(stopped.exitCode == .inDoubt)
      #expect(stopped.error?.message == "1 write is in doubt")
      #expect(stopped.unfinished == "run-1")
      let last = try #require(first.moments.last)
      let second = ResumeFixture(last)
      expectNil(try await second.run(script).error)
      #expect(second.rows == whole.rows)
    }
  }

  /// `--max-writes` counts the whole run, including writes sent before it was interrupted.
  @Test func guardsCountTheWholeRun() async throws {
    let script = "get 1, 2, 3 | disconnect\nget 4, 5 | disconnect"
    let limit: (inout RunContext) -> Void = { $0.guards.maxWrites = 4 }
    let whole = ResumeFixture()
    let refused = try await whole.run(script, limit)
    #expect(refused.error?.exitCode == .guardRefused)
    for moment in whole.moments.dropFirst(4) {
      let result = try await ResumeFixture(moment).run(script, limit)
      #expect(result.error?.message == "--max-writes 4, but 2 are planned after 3 already sent")
      #expect(result.exitCode == .someFailed)
    }
  }

  /// Each round lists the workspace that the one before changed, and reads a file.
  @Test func keepsListsAndFilesOnce() async throws {
    let whole = ResumeFixture()
    expectNil(
      try await whole.run(
        """
        for x in [1, 2, 3, 4] {
          let rows = from "rows.csv"
          let done = get $x | update name = f"round {$x}, {count($rows)} rows"
          if count($done) == 1 { list | count | show }
        }
        """
      ).error)
    let files = whole.runs.all
    expectEqual(files.keys.filter { $0.hasPrefix("rows-") }, ["rows-1"])
    let lists = files.filter { $0.key.hasPrefix("list-") }
    let full = try #require(lists["list-1.json"]?.count)
    #expect(lists.count >= 4)
    #expect(lists.values.reduce(0) { $0 + $1.count } < full * 3)
    #expect(whole.runs.count(#""base":"list-"#) >= 3)
    #expect(whole.runs.count(#""file":"rows-1""#) == 4)
  }

  /// A file of differences, or the list that it is based on, must be as the run wrote it.
  @Test(arguments: ["list-1.json", "list-2.json"])
  func refusesAChangedList(_ name: String) async throws {
    let script = Self.scripts[3]
    let whole = ResumeFixture()
    _ = try await whole.run(script)
    let moment = try #require(
      whole.moments.last { moment in
        let text = String(decoding: moment.files["journal.jsonl"] ?? [], as: UTF8.self)
        return text.contains(#""base":"list-1.json""#) && !text.contains("run-end")
      })
    var files = moment.files
    let text = String(decoding: files[name] ?? [], as: UTF8.self)
    files[name] = Array(text.replacing(name == "list-1.json" ? "old 9" : "round 1", with: "x").utf8)
    #expect(files[name] != moment.files[name])
    let result = try await ResumeFixture(
      ResumeFixture.Moment(files: files, world: moment.world)
    ).run(script)
    #expect(result.error?.exitCode == .internalError)
    #expect(result.error?.message == "`\(name)` of run run-1 was modified")
  }

  @Test func replansAnUnconfirmedPipeline() async throws {
    let script = """
      let done = get 1 | disconnect
      if count($done) == 1 { list where id > 7 | expect count == 2 | update name = "n" }
      """
    let whole = ResumeFixture()
    _ = try await whole.run(script)
    // The second list is kept, and its plan is not.
    let moment = try #require(
      whole.moments.last { moment in
        let text = String(decoding: moment.files["journal.jsonl"] ?? [], as: UTF8.self)
        return text.ranges(of: #""type":"plan""#).count == 1
      })
    let fixture = ResumeFixture(moment)
    fixture.server.world.change { $0.meddle(8) }
    expectNil(try await fixture.run(script).error)
    #expect(fixture.rows[8]?.name == "n")
    #expect(fixture.rows[8]?.version == 2)
  }

  /// A connection that somebody else has changed since is skipped; one that the run changed is not.
  @Test func skipsConnectionsChangedMeanwhile() async throws {
    let script = "get 1, 2, 3 | update name = f\"{name} x\" | disconnect"
    let whole = ResumeFixture()
    _ = try await whole.run(script)
    // The first write has its outcome, and the third was not started.
    let moment = try #require(
      whole.moments.first { moment in
        let text = String(decoding: moment.files["journal.jsonl"] ?? [], as: UTF8.self)
        return text.contains(#""type":"outcome","write":1"#)
      })
    let fixture = ResumeFixture(moment)
    fixture.server.world.change { $0.meddle(3) }
    let result = try await fixture.run(script)
    #expect(result.exitCode == .stalePlan)
    #expect(fixture.rows[3]?.name == "theirs")
    #expect(fixture.rows[3]?.isConnected == true)
    #expect(fixture.rows[1]?.isConnected == false)
    #expect(fixture.rows[2]?.isConnected == false)
  }

  // MARK: protect

  private static let renaming = #"get 1, 2, 3 | update name = f"{name} x""#

  /// Resumes under a profile with `protect`, from the first moment at which the journal has the
  /// script.
  private func resume(
    behind text: String, protecting predicate: String,
    _ change: (inout SimulatedWorld) -> Void = { _ in }
  ) async throws -> (
    ResumeFixture.Result, fixture: ResumeFixture, rows: [Int64: SimulatedWorld.Row]
  ) {
    let guards = try Profiles.guards("protect = \(predicate)")
    let whole = ResumeFixture()
    _ = try await whole.run(Self.renaming) { $0.guards.profile = guards }
    let moment = try #require(
      whole.moments.first { moment in
        String(decoding: moment.files["journal.jsonl"] ?? [], as: UTF8.self).contains(text)
      })
    let fixture = ResumeFixture(moment)
    fixture.server.world.change(change)
    let rows = fixture.rows
    let result = try await fixture.run(Self.renaming) { $0.guards.profile = guards }
    return (result, fixture, rows)
  }

  /// `protect` is evaluated on the current workspace, not on the list in the journal.
  @Test func refusesARowThatBecameProtected() async throws {
    let (result, fixture, rows) = try await resume(
      behind: #""type":"intent","write":1"#, protecting: "name == \"theirs\""
    ) { $0.meddle(3) }
    #expect(result.error?.exitCode == .guardRefused)
    #expect(
      result.error?.message
        == "the profile `eu-prod` protects 1 of the 3 connections that would be changed: "
        + "3 \"theirs\"")
    #expect(fixture.rows == rows)
    #expect(result.unfinished == "run-1")
  }

  /// The run itself gave it the protected name; no write to it is left.
  @Test func resumesIfOnlyFinishedRowsBecameProtected() async throws {
    let (result, fixture, _) = try await resume(
      behind: #""type":"outcome","write":1"#, protecting: "name == \"old 1 x\"")
    #expect(result.error?.message == nil)
    let names = (1...3).map { fixture.rows[$0]?.name }
    #expect(names == ["old 1 x", "old 2 x", "old 3 x"])
  }

  // MARK: Tokens

  /// A run can be resumed with a new token, but not with one for another workspace.
  @Test func newTokenMustLeadToTheSameWorkspace() async throws {
    let script = "get 1, 2, 3 | disconnect"
    let whole = ResumeFixture()
    _ = try await whole.run(script)
    let moment = try #require(
      whole.moments.first { moment in
        let text = String(decoding: moment.files["journal.jsonl"] ?? [], as: UTF8.self)
        return text.contains(#""type":"outcome""#)
      })
    let same = ResumeFixture(moment, token: "other")
    expectNil(try await same.run(script).error)
    #expect(same.rows == whole.rows)
    let foreign = ResumeFixture.Moment(
      files: moment.files,
      world: SimulatedWorld(rows: [1: SimulatedWorld.Row(name: "another one", folder: 2)]))
    let other = ResumeFixture(foreign, token: "other")
    let result = try await other.run(script)
    #expect(result.error?.exitCode == .stalePlan)
    #expect(result.error?.message.contains("this workspace has only 1") == true)
    #expect(other.rows[1]?.isConnected == true)
    #expect(result.unfinished == "run-1")
  }
}
