import API
import ConnectionsClient
import Evaluation
import Language

/// A run that goes on looks at the workspace first.
extension Interpreter {
  /// Throws with exit 6 where the token is another one, and what it leads to is not the workspace
  /// that the run was begun on. Takes note of the connections that somebody changed meanwhile.
  mutating func lookAgain() async throws(RunError) {
    guard isLive, var recorder, recorder.goesOn, let reader = context.workspaceReader else {
      return
    }
    let before = try recorder.listedBefore()
    let present = try await presentConnections(reader)
    if recorder.hasOtherToken, !recorder.writes.isEmpty {
      try requireSameWorkspace(Set(present.keys), recorder)
    }
    try recorder.settle(in: present)
    self.recorder = recorder
    changedMeanwhile = Set(
      before.values.filter { old in
        present[old.id].map { !Self.isSameChange(old, $0) } ?? false
      }.map(\.id))
  }

  /// Stores what a person has found out of writes in doubt, and sends nothing. Returns why not, or
  /// what is still in doubt.
  package mutating func settle() async -> RunError? {
    defer { report.take(recorder) }
    do { try await lookAgain() } catch { return error }
    let left = recorder?.doubts ?? 0
    return left == 0
      ? nil
      : RunError(.inDoubt, left == 1 ? "1 write is in doubt" : "\(left) writes are in doubt")
  }

  private mutating func presentConnections(_ reader: any ConnectionReader) async throws(RunError)
    -> [Int64: Connection]
  {
    var query = ListQuery()
    query.includesRuntimeConnections = true
    let list = try await ask(reader, query)
    return Dictionary(list.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
  }

  /// Ids are the workspace's own: another one has hardly any of them.
  private func requireSameWorkspace(_ present: Set<Int64>, _ recorder: JournalWriter)
    throws(RunError)
  {
    let before = try recorder.idsBefore()
    guard before.intersection(present).count * 2 > before.count else {
      throw RunError(
        .stalePlan,
        "the token is another one than the run was begun with, and of the "
          + "\(before.count) connections known then the workspace has "
          + "\(before.intersection(present).count)",
        help: "is it the token of another workspace? nothing was sent")
    }
    context.output.talk("The token is another one than the run was begun with.")
  }

  private static func isSameChange(_ one: Connection, _ other: Connection) -> Bool {
    guard let field = Field.named("updated_at") else { return true }
    return (try? one.value(of: field)) == (try? other.value(of: field))
  }
}
