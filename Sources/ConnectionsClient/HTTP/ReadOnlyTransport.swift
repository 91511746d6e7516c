import API

/// A transport that sends only GETs and refuses everything else.
package struct ReadOnlyTransport: Transport {
  private let carrier: any Transport

  package init(_ carrier: any Transport) { self.carrier = carrier }

  package func send(_ request: Request) async throws(TransportFailure) -> Answer {
    guard request.method == .get else {
      throw .refused("a preview can't send \(request.method.rawValue)")
    }
    return try await carrier.send(request)
  }
}
