import API

/// Lists a workspace on a server within the rate limit; transient failures are retried.
package struct ServerReader: ConnectionReader {
  private let reader: PacedReader

  package var isRemote: Bool { true }

  package init(transport: any Transport, pacer: SharedRateLimiter, clock: any Timekeeper) {
    reader = PacedReader(transport: transport, pacer: pacer, clock: clock)
  }

  package func list(_ query: ListQuery) async throws(ClientError) -> [Connection] {
    var patience = SilentRetryPolicy()
    return try await list(query, &patience)
  }

  package func list(_ query: ListQuery, _ patience: inout some RetryPolicy)
    async throws(ClientError) -> [Connection]
  {
    try await reader.read(.list(query), .list, &patience, decode: ListAnswer.connections)
  }
}
