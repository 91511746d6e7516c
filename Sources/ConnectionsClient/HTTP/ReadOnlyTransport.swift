import API

/// A transport that carries GETs and nothing else, whatever it is handed.
package struct ReadOnlyTransport: Transport {
  private let carrier: any Transport

  package init(_ carrier: any Transport) { self.carrier = carrier }

  package func send(_ request: Request) async throws(TransportFailure) -> Answer {
    guard request.method == .get else {
      throw .refused("a preview sends no \(request.method.rawValue)")
    }
    return try await carrier.send(request)
  }
}
