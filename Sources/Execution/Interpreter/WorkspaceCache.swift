import API
import Evaluation
import Planning

/// The connections seen in the answers to a run's lists and writes. A resumed run builds the same
/// cache, because it replays the same answers.
struct WorkspaceCache: Sendable {
  private var connections: [Int64: Connection] = [:]

  subscript(id: Int64) -> Connection? { connections[id] }

  mutating func take(_ list: [Connection]) {
    for connection in list { connections[connection.id] = connection }
  }

  /// Updates the cache after a write that was or may have been applied; without a full answer, the
  mutating func take(_ write: PlannedWrite, _ outcome: Outcome) {
    switch outcome.kind {
    case .unchanged, .skipped, .rejected: return
    case .done, .failed, .gone, .unknown: break
    }
    if let id = write.call.id { connections[id] = nil }
    guard outcome.kind == .done, let connection = outcome.connection else { return }
    switch write.call {
    case .create, .update: connections[connection.id] = connection
    // The answer doesn't contain the connection.
    case .disconnect, .delete: return
    }
  }
}
