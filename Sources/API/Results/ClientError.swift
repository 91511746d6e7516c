/// Why the workspace could not be read, for a person.
package enum ClientError: Error, Hashable, Sendable {
  case unauthorized(String)
  case forbidden(String)
  case notFound
  case limited(retryAfter: Double?)
  case invalid(String)
  case refused(String)
  case redirected(to: String)
  case webPage
  case unreadable(String)
  case server(status: Int, message: String?)
  case network(String)
  /// No answer came in time.
  case timedOut(String)
  /// The request did not reach the server.
  case notSent(String)
  /// The server could not prove who it is.
  case untrusted(String)
  case interrupted
  /// The deadline of whoever asks comes first.
  case tooLate(String)
  /// Whoever asks cannot afford another try; why the last one failed.
  case usedUp(String)

  package init(_ rejection: Rejection) { self.init(rejection.kind, message: rejection.message) }

  init(_ kind: Rejection.Kind, message: String?) {
    switch kind {
    case .unauthorized: self = .unauthorized(message ?? "Unauthorized")
    case .forbidden: self = .forbidden(message ?? "Forbidden")
    case .notFound: self = .notFound
    case .limited(let seconds): self = .limited(retryAfter: seconds)
    case .invalid: self = .invalid(message ?? "not accepted")
    case .refused: self = .refused(message ?? "no reason given")
    }
  }
}

extension ClientError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unauthorized(let message): "the server does not accept the token: \(message)"
    case .forbidden(let message): "the token may not do this: \(message)"
    case .notFound: "the server has no connections endpoint"
    case .limited: "the rate limit is used up"
    case .invalid(let message): "the server does not accept the request: \(message)"
    case .refused(let message): "the server refuses: \(message)"
    case .redirected(let origin): "the server redirects to \(origin); nothing was sent there"
    case .webPage: "the server answers with a web page instead of connections"
    case .unreadable(let detail): "the answer cannot be read: \(detail)"
    case .server(let status, let message):
      "the server failed with status \(status)" + (message.map { ": \($0)" } ?? "")
    case .untrusted(let detail): "the server is not to be trusted: \(detail)"
    case .interrupted: "interrupted"
    case .network(let detail), .timedOut(let detail), .notSent(let detail):
      "no answer from the server: \(detail)"
    case .tooLate(let words): words
    case .usedUp(let detail):
      "the server fails too often: the retries of the run are used up; \(detail)"
    }
  }

  /// The way out, where there is one to name.
  package var help: String? {
    switch self {
    case .unauthorized: "wrong region? Each region has its own host (WORKATO_HOST) and tokens"
    case .forbidden, .webPage:
      "the API client's role needs the privileges for connections; is it the right host?"
    case .notFound: "is it the right host?"
    case .limited: "others may share the quota; try again in a minute"
    case .untrusted: "is it the right host? nothing was sent"
    case .tooLate: "give --deadline more time"
    case .redirected: "set WORKATO_HOST to the address of the API itself"
    default: nil
    }
  }
}
