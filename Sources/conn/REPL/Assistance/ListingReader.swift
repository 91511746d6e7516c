import API
import ConnectionsClient
import Synchronization

/// Lists, and keeps what it was answered.
struct ListingReader: ConnectionReader {
  let reader: any ConnectionReader
  let listing: WorkspaceListing

  var isRemote: Bool { reader.isRemote }

  func list(_ query: ListQuery) async throws(ClientError) -> [Connection] {
    var patience = SilentRetryPolicy()
    return try await list(query, &patience)
  }

  /// Asks for the tags as well, whatever the query reads: the person may ask for them next.
  func list<P: RetryPolicy>(_ query: ListQuery, _ patience: inout P) async throws(ClientError)
    -> [Connection]
  {
    var query = query
    query.includesTags = true
    let connections = try await reader.list(query, &patience)
    listing.take(connections, isWhole: !query.isFiltered, at: Clock.instant(nil))
    return connections
  }
}
