import JSON
import TestSupport
import Testing

@testable import Evaluation
@testable import Execution

/// Settles writes in doubt by hand.
@Suite struct SettlementTests {
  private static let create = #"create name = "a", provider = "jira" | update name = "b""#

  /// A run with a create that was applied although no list shows it.
  private func doubtfulCreate() async throws -> ResumeFixture.Moment {
    let fixture = ResumeFixture(fates: [.answerLost], hasDates: false)
    let result = try await fixture.run(Self.create)
    #expect(result.exitCode == .inDoubt)
    let reason = "connection 1001 matches, but may be somebody else's"
    #expect(result.error?.message.contains(reason) == true)
    return try #require(fixture.moments.last)
  }

  @Test func unsettledWriteStaysInDoubt() async throws {
    let fixture = ResumeFixture(try await doubtfulCreate(), hasDates: false)
    expectEqual(try await fixture.run(Self.create).exitCode, .inDoubt)
    #expect(fixture.rows[1001]?.name == "a")
  }

  @Test func settlesACreateAsDone() async throws {
    let fixture = ResumeFixture(
      try await doubtfulCreate(), hasDates: false, settling: ["new1=1001"])
    let result = try await fixture.run(Self.create)
    #expect(result.error == nil)
    #expect(fixture.rows[1001]?.name == "b")
    #expect(fixture.rows.count == 10)
    #expect(result.unfinished == nil)
    let journal = String(decoding: fixture.runs.journal, as: UTF8.self)
    #expect(
      journal.contains(
        #""outcome":"done","reason":"settled by hand as done","http_status":null,"connection":{"id":1001"#
      ))
  }

  /// Stages after it are not run, and it is not created again.
  @Test func settlesACreateAsFailed() async throws {
    let fixture = ResumeFixture(
      try await doubtfulCreate(), hasDates: false, settling: ["new1=failed"])
    let result = try await fixture.run(Self.create)
    #expect(result.exitCode == .someFailed)
    #expect(result.rows.map { $0["reason"]?.string } == ["the previous action was `failed`"])
    #expect(fixture.rows[1001]?.name == "a")
    #expect(fixture.rows.count == 10)
    let journal = String(decoding: fixture.runs.journal, as: UTF8.self)
    #expect(journal.contains(#""outcome":"failed","reason":"settled by hand as failed""#))
  }

  /// A settled write is no longer in doubt, even if the run is interrupted again.
  @Test func keepsASettlementAfterAnInterruption() async throws {
    let settled = ResumeFixture(
      try await doubtfulCreate(), hasDates: false, settling: ["new1=1001"])
    _ = try await settled.run(Self.create)
    for moment in settled.moments {
      let text = String(decoding: moment.files["journal.jsonl"] ?? [], as: UTF8.self)
      guard text.contains("settled by hand") else { continue }
      let fixture = ResumeFixture(moment, hasDates: false)
      expectNil(try await fixture.run(Self.create).error)
      #expect(fixture.rows[1001]?.name == "b")
    }
  }

  @Test func rejectsASettlementWithAMissingConnection() async throws {
    let moment = try await doubtfulCreate()
    let fixture = ResumeFixture(moment, hasDates: false, settling: ["new1=7777"])
    let result = try await fixture.run(Self.create)
    #expect(result.error?.message == "connection 7777 not found in the workspace")
    let journal = String(decoding: fixture.runs.journal, as: UTF8.self)
    #expect(!journal.contains("settled by hand"))
    #expect(fixture.rows[1001]?.name == "a")
  }

  @Test(arguments: [
    ("new1", "--settle expects ID=done or ID=failed, not `new1`"),
    ("", "--settle expects ID=done or ID=failed, not ``"),
    ("new1=", "--settle expects ID=done or ID=failed, not `new1=`"),
    ("new1=unknown", "--settle expects ID=done or ID=failed, not `new1=unknown`"),
    ("new1=-3", "--settle expects ID=done or ID=failed, not `new1=-3`"),
    (
      "new1=99999999999999999999",
      "--settle expects ID=done or ID=failed, not `new1=99999999999999999999`"
    ),
    ("x\u{1B}[2J", #"--settle expects ID=done or ID=failed, not `x\u{1B}[2J`"#),
    ("x\u{1B}[2J=done", #"no write on `x\u{1B}[2J` is in doubt"#),
    ("=done", "no write on `` is in doubt"), ("new2=failed", "no write on `new2` is in doubt"),
    ("1=done", "no write on `1` is in doubt"),
    ("new1=done", "which connection did `new1` make?"),
    ("new1=3", "`new1` can't have made connection 3"),
  ])
  func rejectsInvalidSettlements(_ text: String, _ expected: String) async throws {
    let moment = try await doubtfulCreate()
    let history = RunHistory(try ParsedJournal(moment.files["journal.jsonl"] ?? []))
    #expect(history.doubts.map(\.name) == ["new1"])
    #expect {
      try Settlement.all([text], of: history)
    } throws: { error in
      let error = error as? RunError
      return error?.exitCode == .usage && error?.message == expected && error?.help != nil
    }
  }

  /// A plan that undoes a run is for the token that sent its last write.
  @Test func undoesWithTheTokenOfTheLastWrite() throws {
    var chain = JournalEncoder()
    let start = RunStart(
      command: "run", script: "s", sha256: "", keepsScript: true, arguments: [],
      now: "2026-01-31T10:00:00Z", host: "h", token: "one", profile: nil, options: [])
    let intent = Intent(
      number: 1, attempt: 1, action: .delete, method: "DELETE", target: "/api/connections/36",
      body: nil, before: nil)
    func journal(_ records: [JournalRecord]) throws -> String? {
      let lines = records.flatMap { chain.line($0, at: "2026-01-31T10:00:00.000Z") }
      chain = JournalEncoder()
      return RunHistory(try ParsedJournal(lines)).token
    }
    let other = JournalRecord.resumed(version: "0.1.0", token: "two")
    expectEqual(try journal([.start(start)]), nil)
    expectEqual(try journal([.start(start), .intent(intent)]), "one")
    expectEqual(try journal([.start(start), .intent(intent), other]), "one")
    expectEqual(try journal([.start(start), .intent(intent), other, .intent(intent)]), "two")
  }

  @Test func rejectsSettlingTwice() async throws {
    let moment = try await doubtfulCreate()
    let history = RunHistory(try ParsedJournal(moment.files["journal.jsonl"] ?? []))
    #expect {
      try Settlement.all(["new1=failed", "new1=1001"], of: history)
    } throws: { ($0 as? RunError)?.message == "`new1` is settled twice" }
  }
}
