import API

/// Sends single writes to a server; the caller is responsible for rate limiting and retries.
package struct ServerWriter: ConnectionWriter {
  private let transport: any Transport

  package init(transport: any Transport) { self.transport = transport }

  package func perform(_ call: WriteCall) async -> CallResult {
    do {
      return CallResult(call, try await transport.send(call.request))
    } catch {
      return CallResult(error)
    }
  }
}
