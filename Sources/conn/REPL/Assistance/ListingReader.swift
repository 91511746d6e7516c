import API
import ConnectionsClient
import Evaluation
import Execution
import Synchronization

/// A reader that keeps the connections it lists in a ``WorkspaceListing``.
struct ListingReader: ConnectionReader {
  let reader: any ConnectionReader
  let listing: WorkspaceListing

  var isRemote: Bool { reader.isRemote }

  /// Lists all connections with one attempt, and returns the reason if that fails.
  func problemListing() async -> String? {
    var patience = SingleAttempt()
    do throws(ClientError) { _ = try await list(ListQuery(), &patience) } catch {
      return RunError(error).message
    }
    return nil
  }

  func list(_ query: ListQuery) async throws(ClientError) -> ConnectionList {
    var patience = SilentRetryPolicy()
    return try await list(query, &patience)
  }

  /// Lists connections, always with their tags: the user may ask for tags next.
  func list<P: RetryPolicy>(_ query: ListQuery, _ patience: inout P) async throws(ClientError)
    -> ConnectionList
  {
    var query = query
    query.includesTags = true
    let list = try await reader.list(query, &patience)
    listing.store(
      list.connections, isWhole: !query.isFiltered && list.isComplete, at: listing.clock.instant())
    return list
  }
}
