import API
import Evaluation
import JSON
import Planning

/// What the writes of a plan have come to so far: the connections that they made, and left.
struct PlanProgress {
  /// By the id in the plan, which is -n for the nth connection that it makes.
  private var connections: [Int64: Connection] = [:]
  /// What the last write on a connection came to, where it was not done.
  private var failures: [Int64: Outcome.Kind] = [:]
  private var created: Int64 = 0
  private let proof: DriftDetector

  init(_ proof: DriftDetector) { self.proof = proof }

  /// Returns the write on the connection as it is now, with the ids of those that the plan has
  /// made in place of references.
  func resolved(_ write: PlannedWrite) -> PlannedWrite {
    let connection = write.call.id.flatMap { connections[$0] ?? proof.connection($0) }
    return PlannedWrite(
      action: write.action, call: resolved(write.call),
      connection: connection ?? write.connection, effect: write.effect, span: write.span)
  }

  private func resolved(_ call: WriteCall) -> WriteCall {
    switch call {
    case .create(let fields): .create(resolved(fields))
    case .update(let id, let fields): .update(id: resolved(id), resolved(fields))
    case .disconnect(let id, let force): .disconnect(id: resolved(id), force: force)
    case .delete(let id): .delete(id: resolved(id))
    }
  }

  private func resolved(_ id: Int64) -> Int64 { id < 0 ? connections[id]?.id ?? id : id }

  private func resolved(_ fields: [RequestBody.Member]) -> [RequestBody.Member] {
    fields.map { field in
      field.parent.map { RequestBody.Member(field.name, .json(.int(resolved($0)))) } ?? field
    }
  }

  /// What becomes of a write that needs one which was not done; `nil` where nothing stands in its
  /// way.
  func obstacle(to write: PlannedWrite) -> Outcome? {
    for id in [write.call.id].compactMap({ $0 }) + write.call.parents {
      if let kind = failures[id] { return .behind(kind) }
    }
    return nil
  }

  /// Takes in what a write of the plan, with the plan's ids, came to.
  mutating func note(_ write: PlannedWrite, _ outcome: Outcome) {
    if write.action == .create { created += 1 }
    let id = write.call.id ?? -created
    if let connection = outcome.connection { connections[id] = connection }
    if outcome.kind != .done { failures[id] = outcome.kind }
  }
}
