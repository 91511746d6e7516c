import API
import Evaluation
import JSON
import Planning

/// The parts of a run that later runs have undone, by connection.
package struct RestoredWrites: Sendable {
  /// The names of these runs, oldest first.
  package private(set) var runs: [String] = []
  private var writes: Set<Write> = []
  /// The shells that were made, by the ids of the deleted connections.
  private(set) var shells: [Int64: Int64] = [:]

  private struct Write: Hashable {
    let action: WriteAction
    let id: Int64
  }

  package init() {}

  /// Adds what the run `name` has undone of `history` by applying `plan`. `later` is what has been
  /// undone of that run itself, so that it counts as not undone.
  package mutating func add(
    _ plan: Plan, applied: RunHistory, by name: String, of history: RunHistory,
    except later: RestoredWrites
  ) {
    let done = plan.writes.compactMap { write -> (write: PlannedWrite, id: Int64)? in
      guard let recorded = applied.writes[write.number], recorded.outcome?.kind == .done,
        let id = write.id ?? recorded.outcome?.connection?["id"]?.int
      else { return nil }
      return (write, id)
    }.filter { write in
      // The shell of a deleted connection is another connection.
      !later.writes.contains { $0.id == write.id }
    }
    guard !done.isEmpty else { return }
    runs.append(name)
    writes.formUnion(done.map { Write(action: $0.write.action, id: $0.id) })
    match(done.filter(\.write.creates), with: UndoAction.all(of: history))
  }

  /// Finds the deleted connection that each shell stands for.
  private mutating func match(
    _ made: [(write: PlannedWrite, id: Int64)], with actions: [UndoAction]
  ) {
    for action in actions where action.kind == .shell && shells[action.id] == nil {
      guard let shell = action.write({ $0 })?.withoutParent,
        let found = made.first(where: {
          $0.write.withoutParent == shell && !shells.values.contains($0.id)
        })
      else { continue }
      shells[action.id] = found.id
    }
  }

  /// `true` iff the inverse write for the connection has been carried out.
  func contains(_ write: PlannedWrite, for id: Int64) -> Bool {
    write.creates ? shells[id] != nil : writes.contains(Write(action: write.action, id: id))
  }
}

extension PlannedWrite {
  /// The members of the body that don't depend on other connections. A plan file sorts them.
  fileprivate var withoutParent: Set<RequestBody.Member> {
    Set(members.filter { $0.name != "parent_id" })
  }
}
