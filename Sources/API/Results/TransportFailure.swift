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
