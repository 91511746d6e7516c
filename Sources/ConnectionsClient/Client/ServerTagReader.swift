import API

/// Reads the tags of a workspace on a server, page by page, within the rate limit; transient failures
/// are retried.
package struct ServerTagReader: TagReader {
  private let reader: PacedReader

  /// The most pages to read; no workspace has so many tags.
  private static let maxPages = 1000

  package init(transport: any Transport, pacer: SharedRateLimiter, clock: any Timekeeper) {
    reader = PacedReader(transport: transport, pacer: pacer, clock: clock)
  }

  /// Returns the tags in the server's order. A tag that moves to the next page while they are read
  /// counts once.
  package func tags(_ patience: inout some RetryPolicy) async throws(ClientError) -> [Tag] {
    var tags: [Tag] = []
    var handles: Set<String> = []
    for page in 1...Self.maxPages {
      let answer = try await reader.read(
        .tags(page: page), .related, &patience, decode: TagsAnswer.init)
      let new = answer.tags.filter { handles.insert($0.handle).inserted }
      tags += new
      guard answer.isFull else { return tags }
      guard !new.isEmpty else { throw .unreadable("page \(page) of the tags has only known tags") }
    }
    throw .unreadable("the tags have more than \(Self.maxPages) pages")
  }
}
