import Text

/// The reason the workspace could not be read.
package enum ClientError: Error, Hashable, Sendable {
  case unauthorized(String)
  case forbidden(String)
  case notFound
  /// The token may not use this resource; the server's text.
  case unprivileged(CallKind.Resource, String)
  /// The host is too old for this resource.
  case missing(CallKind.Resource)
  case limited(retryAfter: Double?)
  /// A 503 that says how long to wait.
  case unavailable(retryAfter: Double)
  /// The server asks for a pause that is too long to be waited for. `end` is in seconds since 1970.
  case comeBack(seconds: Double, end: Int64?)
  case invalid(String)
  case refused(String)
  case redirected(to: String)
  case webPage
  case unreadable(String)
  case server(status: Int, message: String?)
  case network(String)
  /// No answer arrived in time.
  case timedOut(String)
  /// The request did not reach the server.
  case notSent(String)
  /// The server could not prove its identity.
  case untrusted(String)
  case interrupted
  /// The caller's deadline comes first.
  case tooLate(String)
  /// The caller has no retries left; the reason the last attempt failed.
  case usedUp(String)

  package init(_ rejection: Rejection) { self.init(rejection.kind, message: rejection.message) }

  /// The message for an encoding that the server names and conn can't decode.
  static func unknownCoding(_ name: String) -> String {
    "unknown encoding of the answer: `\(name)` (conn reads gzip and deflate)"
  }

  init(_ kind: Rejection.Kind, message: String?) {
    switch kind {
    case .unauthorized: self = .unauthorized(message ?? "Unauthorized")
    case .forbidden: self = .forbidden(message ?? "Forbidden")
    case .notFound: self = .notFound
    case .limited(let seconds): self = .limited(retryAfter: seconds)
    case .invalid, .conflict: self = .invalid(message ?? "not accepted")
    case .refused: self = .refused(message ?? "no reason given")
    }
  }
}

extension ClientError {
  /// The reason why a write of this kind was not done.
  package init(_ rejection: Rejection, of kind: CallKind) {
    let error = ClientError(rejection)
    self = kind.resource.map(error.about) ?? error
  }

  /// Returns the error of a call for this resource: a refusal that would concern the whole token in a
  /// call for connections only concerns the resource.
  func about(_ resource: CallKind.Resource) -> ClientError {
    switch self {
    case .unauthorized(let message), .forbidden(let message): .unprivileged(resource, message)
    case .webPage: .unprivileged(resource, "the server answers with a web page")
    case .notFound: .missing(resource)
    default: self
    }
  }
}

extension ClientError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unauthorized(let message): "the server rejected the token: \(message)"
    case .forbidden(let message): "the token isn't allowed to do this: \(message)"
    case .notFound: "the server has no connections endpoint"
    case .unprivileged(let resource, let message):
      "this token's API client role lacks the privilege for \(resource.rawValue): \(message)"
    case .missing(let resource): "this host has no \(resource.rawValue) endpoint"
    case .limited: "rate limit reached"
    case .unavailable: "the server is unavailable"
    case .comeBack(let seconds, let end):
      "the server asks to wait " + (end.map { "until \(HTTPDate.iso8601($0)), " } ?? "")
        + DurationText.text(seconds)
    case .invalid(let message): "the server rejected the request: \(message)"
    case .refused(let message): "the server refused: \(message)"
    case .redirected(let origin): "the server redirects to \(origin); nothing was sent there"
    case .webPage: "the server answers with a web page instead of connections"
    case .unreadable(let detail): "can't read the answer: \(detail)"
    case .server(let status, let message):
      "the server failed with status \(status)" + (message.map { ": \($0)" } ?? "")
    case .untrusted(let detail): "can't trust the server: \(detail)"
    case .interrupted: "interrupted"
    case .network(let detail), .timedOut(let detail), .notSent(let detail):
      "no answer from the server: \(detail)"
    case .tooLate(let message): message
    case .usedUp(let detail):
      "the server fails too often: this run has no retries left; \(detail)"
    }
  }

  /// Advice on what to do, if there is any.
  package var help: String? {
    switch self {
    case .unauthorized: "wrong region? Each region has its own host (WORKATO_HOST) and tokens"
    case .forbidden, .webPage:
      "the API client's role needs privileges for connections; is this the right host?"
    case .unprivileged(let resource, _):
      "an administrator adds the privilege for \(resource.rawValue) to the client role of the token; "
        + "if `list` fails too, the token or the host is wrong"
    case .notFound, .missing: "is this the right host?"
    case .limited: "others may share the quota; try again in a minute"
    case .untrusted:
      "is this the right host? nothing was sent; if a company's proxy opens encrypted connections, "
        + "set SSL_CERT_FILE or the profile's `ca_file` to its certificates"
    case .tooLate: "use a longer --deadline"
    case .redirected: "set WORKATO_HOST to the address of the API itself"
    default: nil
    }
  }
}
