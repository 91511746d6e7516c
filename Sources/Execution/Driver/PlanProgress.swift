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
    let connection = write.id.flatMap { connections[$0] ?? proof.connection($0) }
    return write.on(connection ?? write.connection)
      .with(id: write.id.map(resolved), write.members.map(resolved))
  }

  private func resolved(_ id: Int64) -> Int64 { id < 0 ? connections[id]?.id ?? id : id }

  private func resolved(_ member: RequestBody.Member) -> RequestBody.Member {
    member.parent.map { RequestBody.Member(member.name, .json(.int(resolved($0)))) } ?? member
  }

  /// Returns the outcome of a write that depends on one that was not done; `nil` if it can be sent.
  func obstacle(to write: PlannedWrite) -> Outcome? {
    for id in [write.id].compactMap({ $0 }) + write.parents {
      if let kind = failures[id] { return .behind(kind) }
    }
    return nil
  }

  /// Records the outcome of a write, which uses the plan's ids.
  mutating func record(_ write: PlannedWrite, _ outcome: Outcome) {
    if write.creates { created += 1 }
    let id = write.id ?? -created
    if let connection = outcome.connection { connections[id] = connection }
    if outcome.kind != .done { failures[id] = outcome.kind }
  }
}
