import API
import ConnectionsClient

/// A workspace read from a file. It ignores filters and returns every connection; conn filters them.
package struct SnapshotReader: ConnectionReader {
  private let connections: [Connection]

  package init(_ connections: [Connection]) { self.connections = connections }

  package var isRemote: Bool { false }

  package func list(_ query: ListQuery) async throws(ClientError) -> ConnectionList {
    ConnectionList(connections)
  }
}
