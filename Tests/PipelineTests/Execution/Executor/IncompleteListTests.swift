import API
import Evaluation
import JSON
import Language
import TestSupport
import Testing

@testable import Execution
@testable import Planning

/// That an incomplete list doesn't show a connection proves nothing.
@Suite struct IncompleteListTests {
  private static let lost = CallResult.unknown(UnknownReason(.broken, "reset"))
  private static let empty = CallResult.applied(status: 204, nil, hasEmptyBody: true)
  private static let doubt = "page 2 shows no new connection"
  private static let unseen =
    "unknown the list doesn't show the connection, but may be incomplete: \(doubt)"

  private func outcome(
    _ write: PlannedWrite, _ attempt: CallResult, listing names: [Int64: String] = [:],
    _ doubt: String? = doubt
  ) -> ExecutorDrive {
    var drive = ExecutorDrive([write])
    drive.listDoubt = doubt
    drive.run(answering: attempt) { _ in
      .success(names.compactMap { ExecutorDrive.connection($0, $1, updated: 10) })
    }
    return drive
  }

  /// It is neither sent again nor failed.
  @Test func createStaysInDoubt() {
    let drive = outcome(ExecutorDrive.create, Self.lost)
    #expect(
      drive.outcomes
        == ["unknown reset; the list doesn't show it, but may be incomplete: \(Self.doubt)"])
    #expect(drive.sent == 1)
    #expect(drive.listTimes == [0, 60, 90])
    #expect(drive.executor.stop?.exitCode == .limited)
  }

  /// A single match may have a twin that the list lacks.
  @Test func createAdoptsNothing() {
    var drive = ExecutorDrive([ExecutorDrive.create])
    drive.listDoubt = Self.doubt
    drive.run(answering: Self.lost) { time in
      .success(time < 60 ? [] : [ExecutorDrive.connection(7, "n", updated: 10)].compactMap(\.self))
    }
    #expect(
      drive.outcomes
        == ["unknown connection 7 matches, but the list may be incomplete: \(Self.doubt)"])
    #expect(drive.sent == 1)
  }

  /// Two complete lists count, whatever an incomplete one in between lacks.
  @Test func twoCompleteListsProveAbsence() {
    var executor = Executor(seed: 1, known: KnownIDs([]))
    executor.begin([ExecutorDrive.create].numbered)
    var (now, sent, lists) = (0.0, 0, 0)
    for _ in 0..<100 {
      switch executor.next(at: now) {
      case .store: executor.handle(.stored, at: now)
      case .send:
        sent += 1
        executor.handle(.sent(number: 1), at: now)
        executor.handle(.answered(number: 1, Self.lost), at: now)
      case .list:
        lists += 1
        let doubt = lists == 2 ? Self.doubt : nil
        executor.handle(.listed(.success(ConnectionList([], doubt: doubt))), at: now)
      case .pause(let time, _): now = time
      case .finished: break
      }
    }
    #expect(sent == 2 && lists == 5)
    #expect(executor.outcomes.map(\.kind) == [.failed])
  }

  /// What the list before the first create lacked may be taken for a new connection.
  @Test(arguments: [nil, doubt]) func externalIDIsNoProofOfNewness(_ doubt: String?) {
    let fields = ["name", "external_id"].map { RequestBody.Member($0, .json("e")) }
    let create = PlannedWrite(.create, id: nil, fields, on: nil, span: SourceSpan(0, 0))
    var executor = Executor(seed: 1, known: KnownIDs([], doubt: doubt))
    executor.begin([create].numbered)
    let found = Connection(id: 7, [("name", "e"), ("external_id", "e")])
    var now = 0.0
    for _ in 0..<100 {
      switch executor.next(at: now) {
      case .store: executor.handle(.stored, at: now)
      case .send:
        executor.handle(.sent(number: 1), at: now)
        executor.handle(.answered(number: 1, Self.lost), at: now)
      case .list: executor.handle(.listed(.success(ConnectionList([found]))), at: now)
      case .pause(let time, _): now = time
      case .finished: break
      }
    }
    #expect(executor.outcomes.map(\.kind) == [doubt == nil ? .done : .unknown])
  }

  @Test(arguments: [lost, empty]) func missingConnectionIsNotGone(_ attempt: CallResult) {
    let rename = ExecutorDrive.rename(1, from: "old", to: "new")
    let tag = PlannedWrite(
      .tag, id: 1, [.tags([API.Tag(handle: "t", title: "T")])],
      on: ExecutorDrive.connection(1, "old", updated: 10), span: SourceSpan(0, 0))
    for write in attempt == Self.empty ? [tag] : [rename, tag] {
      #expect(outcome(write, attempt).outcomes == [Self.unseen])
      #expect(outcome(write, attempt, nil).outcomes == ["gone the connection does not exist"])
    }
  }

  /// An empty answer to a delete, or to a disconnect, needs proof.
  @Test(arguments: [WriteAction.delete, .disconnect])
  func missingConnectionIsNotDeleted(_ action: WriteAction) {
    let write = PlannedWrite(
      action, id: 1, on: ExecutorDrive.connection(1, "old", updated: 10), span: SourceSpan(0, 0))
    #expect(outcome(write, Self.empty).outcomes == [Self.unseen])
    #expect(outcome(write, Self.empty, nil).outcomes == ["done "])
  }

  /// What an incomplete list shows is proof as ever.
  @Test func shownConnectionProvesAnUpdate() {
    let rename = ExecutorDrive.rename(1, from: "old", to: "new")
    #expect(
      outcome(rename, Self.lost, listing: [1: "new"]).outcomes
        == ["done the answer was lost; the list shows the change"])
  }

  // MARK: What the run created

  /// A list that lacks it can't be complete. What the run has deleted may be missing.
  @Test(arguments: [false, true]) func createdConnectionMustBeShown(_ isDeleted: Bool) {
    let made = ExecutorDrive.connection(7, "n", updated: 10)
    let answers = [
      CallResult.applied(status: 200, made?.object), isDeleted ? Self.empty : Self.lost,
    ]
    let second = isDeleted ? ExecutorDrive.delete(7) : ExecutorDrive.rename(1, from: "a", to: "b")
    var drive = ExecutorDrive([ExecutorDrive.create, second])
    drive.run(answering: answers) { _ in .success([]) }
    #expect(
      drive.outcomes == [
        "done ",
        isDeleted
          ? "done "
          : "unknown the list doesn't show the connection, but may be incomplete: "
            + "it doesn't show connection 7, which this run created",
      ])
  }
}
