import API
import Evaluation
import JSON
import Planning

/// The connections created and changed so far while a plan is carried out.
struct PlanProgress {
  /// Connections by their id in the plan; -n is the nth connection that the plan creates.
  private var connections: [Int64: Connection]
  /// Ids in the plan of the connections that it created, by their real ids.
  private var planIDs: [Int64: Int64] = [:]
  /// Outcome of the last write on a connection, if it was not done.
  private var failures: [Int64: Outcome.Kind] = [:]

  /// `present` are the plan's targets as a list has just shown them.
  init(_ present: [Int64: Connection] = [:]) { connections = present }

  /// The connection with this id in the plan, as it was after the last write.
  func connection(_ id: Int64) -> Connection? { connections[id] }

  /// Returns the write on the connection's current state, with real ids in place of references to
  /// connections that the plan created.
  func resolved(_ write: PlannedWrite) -> PlannedWrite {
    write.on(write.id.flatMap { connections[$0] } ?? write.connection)
      .with(id: write.id.map(resolved), write.members.map(resolved))
  }

  private func resolved(_ id: Int64) -> Int64 { id < 0 ? connections[id]?.id ?? id : id }

  private func resolved(_ member: RequestBody.Member) -> RequestBody.Member {
    member.parent.map { RequestBody.Member(member.name, .json(.int(resolved($0)))) } ?? member
  }

  /// Returns the id by which the plan refers to a connection.
  func planID(of id: Int64) -> Int64 { planIDs[id] ?? id }

  /// Returns the outcome of a write that depends on one that was not done; `nil` if it can be sent.
  func obstacle(to write: PlannedWrite) -> Outcome? {
    for id in [write.id].compactMap({ $0 }) + write.parents {
      if let kind = failures[id] { return .behind(kind) }
    }
    return nil
  }

  /// Records the outcome of a write, which uses the plan's ids.
  mutating func record(_ write: PlannedWrite, _ outcome: Outcome) {
    guard let id = write.planID else { return }
    if let connection = outcome.connection {
      connections[id] = connection
      if id < 0 { planIDs[connection.id] = id }
    }
    if outcome.kind != .done, outcome.kind != .unchanged { failures[id] = outcome.kind }
  }
}
