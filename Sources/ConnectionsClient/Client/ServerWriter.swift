import API

/// The workspace on a server, changed call by call; pace and retries are its caller's business.
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
