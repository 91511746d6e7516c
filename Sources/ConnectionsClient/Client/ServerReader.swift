import API

/// Lists a workspace on a server within the rate limit, page by page if the answers link to a next
/// page; transient failures are retried.
package struct ServerReader: ConnectionReader {
  private let reader: PacedReader
  private let server: ServerAddress

  package var isRemote: Bool { true }

  /// `server` is the one that the transport reaches; links to pages elsewhere aren't followed.
  package init(
    transport: any Transport, server: ServerAddress, pacer: SharedRateLimiter,
    clock: any Timekeeper
  ) {
    reader = PacedReader(transport: transport, pacer: pacer, clock: clock)
    self.server = server
  }

  package func list(_ query: ListQuery) async throws(ClientError) -> ConnectionList {
    var patience = SilentRetryPolicy()
    return try await list(query, &patience)
  }

  package func list(_ query: ListQuery, _ patience: inout some RetryPolicy)
    async throws(ClientError) -> ConnectionList
  {
    var request = Request.list(query)
    var pages = ListPages(request.target)
    while let target = try pages.add(try await page(request, &patience)) {
      request = .page(target)
    }
    return pages.list
  }

  private func page(_ request: Request, _ patience: inout some RetryPolicy)
    async throws(ClientError) -> ListPage
  {
    try await reader.read(request, .list, &patience) { answer throws(ClientError) in
      try ListPage(answer, from: server)
    }
  }
}
