import API
import ConnectionsClient
import Evaluation
import Execution

/// A reader that keeps the tags it reads in a ``WorkspaceListing``.
struct ListingTagReader: TagReader {
  let reader: any TagReader
  let listing: WorkspaceListing

  /// Reads the tags with one attempt, and returns the reason if that fails.
  func problemReading() async -> String? {
    var patience = SingleAttempt()
    do throws(ClientError) { _ = try await tags(&patience) } catch {
      return RunError(error).message
    }
    return nil
  }

  func tags(_ patience: inout some RetryPolicy) async throws(ClientError) -> [Tag] {
    let tags = try await reader.tags(&patience)
    listing.store(tags)
    return tags
  }
}
