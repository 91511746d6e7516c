import API

/// The workspace on a server, changed call by call; pace and retries are its caller's business.
package struct ServerWriter: ConnectionWriter {
  private let transport: any Transport

  package init(transport: any Transport) { self.transport = transport }

  package func perform(_ call: WriteCall) async -> Attempt {
    do {
      return Attempt(call, try await transport.send(call.request))
    } catch {
      return Attempt(error)
    }
  }
}
