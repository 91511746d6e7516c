import API
import Evaluation
import Planning

/// The connections seen in the answers to a run's lists and writes. A resumed run builds the same
/// cache, because it replays the same answers.
struct WorkspaceCache: Sendable {
  private var connections: [Int64: Connection] = [:]

  subscript(id: Int64) -> Connection? { connections[id] }

  mutating func store(_ list: [Connection]) {
    for connection in list { connections[connection.id] = connection }
  }

  /// Updates the cache after a write that was or may have been applied; without a full answer, the
  /// connection is forgotten, so that it is listed again when it is needed.
  mutating func store(_ write: PlannedWrite, _ outcome: Outcome) {
    switch outcome.kind {
    case .unchanged, .skipped, .rejected: return
    case .done, .failed, .gone, .unknown: break
    }
    if let id = write.id { connections[id] = nil }
    guard outcome.kind == .done, write.call.success == .connection,
      let connection = outcome.connection
    else { return }
    connections[connection.id] = connection
  }
}
