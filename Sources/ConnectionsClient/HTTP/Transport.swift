/// The one way to the network: sends a request, and returns the server's complete answer.
package protocol Transport: Sendable {
  func send(_ request: Request) async throws(TransportFailure) -> Answer
}

/// Why there is no complete answer.
package enum TransportFailure: Error, Hashable, Sendable {
  /// No byte of the request can have reached the server.
  case notSent(String)
  /// As before, and the server could not prove who it is.
  case untrusted(String)
  /// The request may have reached the server, and no answer came in time.
  case timedOut(String)
  /// The request may have reached the server.
  case interrupted(String)
  /// The transport refuses to carry such a request.
  case refused(String)
}

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
