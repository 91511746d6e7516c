/// A complete, well-formed "not done" from the server.
package struct Rejection: Hashable, Sendable {
  package let kind: Kind
  package let status: Int
  /// The server's own text.
  package let message: String

  package enum Kind: Hashable, Sendable {
    case unauthorized
    case forbidden
    case notFound
    /// `{"success": false}` at any status.
    case refused
    case invalid
    /// A 409: what the call would make may exist already.
    case conflict
    /// Over the rate limit; seconds from `Retry-After`.
    case limited(retryAfter: Double?)
  }

  package init(kind: Kind, status: Int, message: String) {
    self.kind = kind
    self.status = status
    self.message = message
  }
}

extension Rejection {
  init(_ kind: Kind, _ answer: Answer) {
    self.init(kind: kind, status: answer.status, message: answer.message ?? kind.text)
  }
}

extension Rejection.Kind {
  /// Returns `nil` for a status that doesn't prove that nothing was done.
  init?(_ answer: Answer) {
    switch answer.status {
    case 401: self = .unauthorized
    case 403: self = .forbidden
    case 404: self = .notFound
    case 429: self = .limited(retryAfter: answer.retryAfter)
    case 409: self = .conflict
    case 400, 405, 410, 413, 414, 415, 422, 431, 501: self = .invalid
    default: return nil
    }
  }

  /// `true` iff the status alone decides, whatever `success` is in the body.
  var outweighsBody: Bool {
    switch self {
    case .unauthorized, .forbidden, .notFound, .limited: true
    case .refused, .invalid, .conflict: false
    }
  }

  fileprivate var text: String {
    switch self {
    case .unauthorized: "Unauthorized"
    case .forbidden: "Forbidden"
    case .notFound: "Not found"
    case .refused: "refused"
    case .invalid: "not accepted"
    case .conflict: "conflict"
    case .limited: "rate limit exceeded"
    }
  }
}
