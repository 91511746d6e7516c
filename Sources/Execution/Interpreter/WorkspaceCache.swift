import API
import Evaluation
import Planning

/// The connections of a workspace as the answers of a run have them: those of its lists, and those of
/// its writes. It is the same in a run that goes on, whatever the time.
struct WorkspaceCache: Sendable {
  private var connections: [Int64: Connection] = [:]

  subscript(id: Int64) -> Connection? { connections[id] }

  mutating func take(_ list: [Connection]) {
    for connection in list { connections[connection.id] = connection }
  }

  /// What a write that may have been done leaves is known where its answer tells.
  mutating func take(_ write: PlannedWrite, _ outcome: Outcome) {
    switch outcome.kind {
    case .unchanged, .skipped, .rejected: return
    case .done, .failed, .gone, .unknown: break
    }
    if let id = write.call.id { connections[id] = nil }
    guard outcome.kind == .done, let connection = outcome.connection else { return }
    switch write.call {
    case .create, .update: connections[connection.id] = connection
    // The answer is short.
    case .disconnect, .delete: return
    }
  }
}
