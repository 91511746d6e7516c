import API

/// The one way to the network: sends a request, and returns the server's complete answer.
package protocol Transport: Sendable {
  func send(_ request: Request) async throws(TransportFailure) -> Answer
}
