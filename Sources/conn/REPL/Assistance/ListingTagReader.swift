import API
import ConnectionsClient

/// A reader that keeps the tags it reads in a ``WorkspaceListing``.
struct ListingTagReader: TagReader {
  let reader: any TagReader
  let listing: WorkspaceListing

  func tags(_ patience: inout some RetryPolicy) async throws(ClientError) -> [Tag] {
    let tags = try await reader.tags(&patience)
    listing.store(tags)
    return tags
  }
}
