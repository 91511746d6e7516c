import API
import ConnectionsClient
import Evaluation
import Language
import Planning
import Text

/// Checks the workspace before a run is resumed.
///
/// A resumed run executes its script again, on the lists and files in the journal (see
/// ``Replay``), so that it plans exactly the writes that were confirmed. Those lists may be
/// hours old. That is why the current workspace is listed here as well: to make sure that the token
/// still leads to the same workspace, to record what the user settled by hand, and to find
/// connections that somebody changed in the meantime, which are then skipped.
extension Interpreter {
  /// Compares the workspace with the recorded lists and notes connections changed in the meantime.
  /// Throws with exit 6 if the token differs and leads to another workspace.
  mutating func checkWorkspaceAgain() async throws(RunError) {
    guard isLive, var recorder, recorder.replay.isResumed, let reader = context.workspaceReader
    else {
      return
    }
    view.follow(recorder.replay.writes)
    let before = try recorder.replay.listedBefore()
    let list = try await presentConnections(reader)
    if recorder.replay.hasOtherToken, !recorder.replay.writes.isEmpty {
      try requireSameWorkspace(list, recorder.replay)
    }
    try recorder.settle(in: list)
    self.recorder = recorder
    let present = list.connections.byID
    changedMeanwhile = Set(
      before.values.filter { old in
        present[old.id].map { !Reconciliation.sameValue("updated_at", old, $0) } ?? false
      }.map(\.id))
  }

  /// Records the user's settlements of writes in doubt, and sends nothing. Returns the error, or an
  /// error that counts the writes still in doubt.
  package mutating func settle() async -> RunError? {
    defer { report.include(recorder?.replay) }
    do { try await checkWorkspaceAgain() } catch { return error }
    let left = recorder?.replay.doubts ?? 0
    return left == 0
      ? nil : RunError(.inDoubt, left.counted("write is in doubt", "writes are in doubt"))
  }

  private mutating func presentConnections(_ reader: any ConnectionReader) async throws(RunError)
    -> ConnectionList
  {
    var query = ListQuery()
    query.includesRuntimeConnections = true
    return try await view.ask(query, reader, context, &report)
  }

  /// Throws unless more than half of the known ids exist: another workspace has hardly any of them.
  private func requireSameWorkspace(_ list: ConnectionList, _ replay: Replay)
    throws(RunError)
  {
    let before = try replay.idsBefore()
    let present = before.intersection(list.connections.map(\.id))
    guard present.count * 2 > before.count else {
      let shown = list.isComplete ? "this workspace has only" : "an incomplete list shows only"
      throw RunError(
        .stalePlan,
        "the token differs from the one this run started with, and of the "
          + "\(before.count.counted("connection")) known then, \(shown) \(present.count)",
        help: "is this token for another workspace? nothing was sent")
    }
    context.output.talk("The token differs from the one this run started with.")
  }
}
