import API
import Evaluation
import JSON
import Planning

/// The connections created and changed so far while a plan is applied.
struct PlanProgress {
  /// Connections by their id in the plan; -n is the nth connection that the plan creates.
  private var connections: [Int64: Connection] = [:]
  /// Outcome of the last write on a connection, if it was not done.
  private var failures: [Int64: Outcome.Kind] = [:]
  private var created: Int64 = 0
  private let proof: DriftDetector

  init(_ proof: DriftDetector) { self.proof = proof }

  /// Returns the write on the connection's current state, with real ids in place of references to
  /// connections that the plan created.
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

  /// Returns the outcome of a write that depends on one that was not done; `nil` if it can be sent.
  func obstacle(to write: PlannedWrite) -> Outcome? {
    for id in [write.call.id].compactMap({ $0 }) + write.call.parents {
      if let kind = failures[id] { return .behind(kind) }
    }
    return nil
  }

  /// Records the outcome of a write, which uses the plan's ids.
  mutating func note(_ write: PlannedWrite, _ outcome: Outcome) {
    if write.action == .create { created += 1 }
    let id = write.call.id ?? -created
    if let connection = outcome.connection { connections[id] = connection }
    if outcome.kind != .done { failures[id] = outcome.kind }
  }
}
