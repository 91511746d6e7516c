import API

/// Sends a request and returns the complete answer; the only access to the network.
package protocol Transport: Sendable {
  func send(_ request: Request) async throws(TransportFailure) -> Answer
}
