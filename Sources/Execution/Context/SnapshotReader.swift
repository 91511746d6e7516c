import API
import ConnectionsClient

/// A workspace read from a file: every query is answered with all of it, and decided here.
package struct SnapshotReader: ConnectionReader {
  private let connections: [Connection]

  package init(_ connections: [Connection]) { self.connections = connections }

  package var isRemote: Bool { false }

  package func list(_ query: ListQuery) async throws(ClientError) -> [Connection] { connections }
}
