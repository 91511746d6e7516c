import API
import ConnectionsClient
import Evaluation
import JSON
import Language
import Testing

@testable import Execution
@testable import Planning

/// Creates that are refused because the connection exists already (409), and what the journal keeps of
/// errors. The server's clock shows 12:00:00 at time 0.
@Suite struct ConflictTests {
  private static let conflict = CallResult.rejected(
    Rejection(kind: .conflict, status: 409, message: "name has already been taken"))
  private static let lost = CallResult.unknown(UnknownReason(.broken, "reset"))
  private static let error = CallResult.unknown(
    UnknownReason(.server, "Server error; id 3f2b8c1e", status: 500))
  private static let noon = 1_767_268_800.0

  private func drive(_ answers: [CallResult], made time: String?) -> ExecutorDrive {
    var drive = ExecutorDrive([ExecutorDrive.create])
    drive.serverOffset = Self.noon
    var lists = 0
    drive.run(answering: answers) { _ in
      lists += 1
      guard lists > answers.count * 2 - 1, let time else { return .success([]) }
      return .success([
        Connection(id: 7, [("name", "n"), ("created_at", .string("2026-01-01T\(time)Z"))])
      ])
    }
    return drive
  }

  /// An earlier attempt has made it, although two lists didn't show it.
  @Test func connectionOfAnEarlierAttemptIsFound() {
    let drive = drive([Self.lost, Self.conflict], made: "12:00:01")
    #expect(drive.outcomes == ["done name has already been taken; the list shows the change"])
    #expect(drive.sent == 2)
  }

  /// It is somebody else's, or hasn't the values that were sent.
  @Test(arguments: [nil, "11:00:00"]) func otherConnectionsLeaveTheRefusal(_ time: String?) {
    let drive = drive([Self.conflict], made: time)
    #expect(drive.outcomes == ["failed name has already been taken"])
    #expect(drive.sent == 1)
    #expect(drive.listTimes == [0, 60, 90])
  }

  @Test func secondConflictEndsACreateInDoubt() {
    let drive = drive([Self.lost, Self.conflict], made: nil)
    #expect(drive.outcomes == ["failed name has already been taken"])
    #expect(drive.sent == 2)
  }

  /// A call that was not sent, or refused by the rate limit, can have made nothing.
  @Test(arguments: [
    CallResult.notSent("no route"),
    .rejected(Rejection(kind: .limited(retryAfter: 40), status: 429, message: "limit")),
  ])
  func unappliedSendsMakeNothing(_ first: CallResult) {
    var drive = ExecutorDrive([ExecutorDrive.create])
    drive.serverOffset = Self.noon
    drive.run(answering: [first, Self.conflict]) { time in
      let made = Connection(id: 7, [("name", "n"), ("created_at", "2026-01-01T11:59:54Z")])
      return .success(time > 0 ? [made] : [])
    }
    #expect(drive.outcomes == ["failed name has already been taken"])
  }

  // MARK: The journal

  /// The journal has the id of an error that a later attempt got over.
  @Test(arguments: [ExecutorDrive.delete(1), ExecutorDrive.rename(1, from: "old", to: "new")])
  func journalKeepsTheErrorOfAnEarlierAttempt(_ write: PlannedWrite) throws {
    var executor = Executor(seed: 1)
    executor.begin([write].numbered)
    let before = [ExecutorDrive.connection(1, "old", updated: 10)].compactMap(\.self)
    var answers = [Self.error, .applied(status: 200, before[0].object)]
    var (now, records): (Double, [JournalRecord]) = (0, [])
    loop: for _ in 0..<100 {
      switch executor.next(at: now) {
      case .store(let new):
        records += new
        executor.handle(.stored, at: now)
      case .send:
        executor.handle(.sent(number: 1), at: now)
        executor.handle(.answered(number: 1, answers.removeFirst()), at: now)
      case .list: executor.handle(.listed(.success(ConnectionList(before))), at: now)
      case .pause(let time, _): now = time
      case .finished: break loop
      }
    }
    #expect(executor.outcomes.map(\.kind) == [.done])
    let read = records.compactMap { JournalRecord(JSON.Object($0.members)) }
    #expect(read == records)
    let reasons = read.map { record -> String? in
      if case .intent(let intent) = record { intent.reason } else { nil }
    }
    #expect(reasons.compactMap(\.self) == ["Server error; id 3f2b8c1e"])
  }

  /// Nothing was lost: the remark on a create that the list shows names the error.
  @Test func foundConnectionIsNotedWithTheError() {
    let drive = drive([Self.error], made: "12:00:01")
    #expect(drive.outcomes == ["done Server error; id 3f2b8c1e; the list shows the change"])
  }
}
