import API
import Evaluation
import Execution
import Testing

/// The executor, step by step.
@Suite struct ExecutorTests {
  private static let bare = CallResult.applied(status: 204, nil, hasEmptyBody: true)
  private static let lost = CallResult.unknown(UnknownReason(.broken, "reset"))

  @Test func confirmsBareAnswersFiftyAtATime() {
    var drive = ExecutorDrive((1...120).map { ExecutorDrive.delete(Int64($0)) })
    drive.run(answering: Self.bare) { _ in .success([]) }
    #expect(drive.sentBeforeLists == [50, 100, 120])
    #expect(drive.maxOpen == 50)
    #expect(drive.executor.outcomes.allSatisfy { $0.kind == .done })
  }

  @Test func unconfirmedWritesAreInDoubt() {
    var drive = ExecutorDrive([ExecutorDrive.delete(1), ExecutorDrive.delete(2)])
    drive.run(answering: Self.bare) { _ in .failure(.network("reset")) }
    #expect(
      drive.outcomes
        == Array(
          repeating: "unknown the answer was empty, and no list could confirm it", count: 2))
  }

  @Test func interruptionLeavesWritesUnconfirmed() {
    var drive = ExecutorDrive([ExecutorDrive.delete(1), ExecutorDrive.delete(2)])
    drive.interruptsAfter = 1
    drive.run(answering: Self.bare) { _ in .success([]) }
    #expect(
      drive.outcomes == [
        "unknown the answer was empty, and no list could confirm it",
        "skipped not tried: interrupted",
      ])
    #expect(drive.sentBeforeLists.isEmpty)
  }

  /// A connection that somebody else changed may still end up as intended.
  @Test(arguments: [0.0, 70])
  func changedConnectionIsNoFailureBeforeTheServerHasGivenUp(_ listSeconds: Double) {
    var drive = ExecutorDrive([ExecutorDrive.rename(1, from: "old", to: "new")])
    drive.listSeconds = listSeconds
    drive.run(answering: Self.lost) { time in
      let name = time < 39 ? "theirs" : "new"
      return .success([ExecutorDrive.connection(1, name, updated: 11)].compactMap(\.self))
    }
    #expect(drive.outcomes == ["done the answer was lost; the list shows the change"])
  }

  @Test func lastingChangeLeavesTheWriteInDoubt() {
    var drive = ExecutorDrive([ExecutorDrive.rename(1, from: "old", to: "new")])
    drive.run(answering: Self.lost) { _ in
      .success([ExecutorDrive.connection(1, "theirs", updated: 11)].compactMap(\.self))
    }
    #expect(
      drive.outcomes == [
        "unknown the answer was lost; somebody else changed the connection, perhaps afterwards"
      ])
    #expect(drive.listTimes.count == 2 && drive.listTimes.allSatisfy { $0 <= 60 })
  }

  // MARK: In a row

  private static let good = CallResult.applied(status: 200, nil)
  private static let refused = CallResult.rejected(
    Rejection(kind: .refused, status: 200, message: "in use"))
  private static let forbidden = CallResult.rejected(
    Rejection(kind: .forbidden, status: 403, message: "Forbidden"))

  /// Three failures or forbidden calls in a row end the run; a success in between resets the count.
  @Test(
    arguments: [(refused, 3), (forbidden, 100)] as [(CallResult, Int)],
    [([true, false, false, true, false, false], 6), ([true, false, false, false], 4)]
      as [([Bool], Int)])
  func successEndsARowOfFailures(
    _ failure: (attempt: CallResult, limit: Int), _ row: (answers: [Bool], sent: Int)
  ) {
    var drive = ExecutorDrive(
      (1...6).map { ExecutorDrive.delete(Int64($0)) }, maxFailures: failure.limit)
    drive.run(answering: row.answers.map { $0 ? Self.good : failure.attempt }) { _ in
      .success([])
    }
    let isStopped = drive.executor.stop != nil
    #expect(drive.sent == row.sent)
    #expect(isStopped == (row.sent < 6))
  }

  // MARK: The deadline

  /// A pause that would end after the deadline ends the run at once.
  @Test(arguments: [
    (CallResult.notSent("connection refused"), 0.0, "skipped not tried: the deadline has passed"),
    (lost, 59, "unknown reset"), (lost, 0, "unknown reset"),
  ])
  func deadlineEndsTheRunBeforeAPause(_ attempt: CallResult, _ deadline: Double, _ expected: String)
  {
    var drive = ExecutorDrive([ExecutorDrive.create, ExecutorDrive.create], deadline: deadline)
    drive.run(answering: attempt) { _ in .success([]) }
    #expect(drive.outcomes == [expected, "skipped not tried: the deadline has passed"])
    #expect(drive.executor.stop?.exitCode == .limited)
    #expect(drive.now <= deadline)
  }
}
