/// The reason there is no complete answer.
package enum TransportFailure: Error, Hashable, Sendable {
  /// No byte of the request can have reached the server.
  case notSent(String)
  /// Not sent, because the server could not prove its identity.
  case untrusted(String)
  /// The request may have reached the server, but no answer arrived in time.
  case timedOut(String)
  /// The request may have reached the server, but the exchange broke.
  case interrupted(String)
  /// The request reached the server, and the answer is malformed or too large.
  case unreadable(String)
  /// The transport refuses to carry such a request.
  case refused(String)
}
