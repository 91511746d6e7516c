/// What became of one attempt at a call, decided from status and body together.
package enum Attempt: Hashable, Sendable {
  /// No byte can have reached the application. `isUntrusted` iff the server could not prove who it
  /// is: then no further call is tried.
  case notSent(String, isUntrusted: Bool = false)
  /// A complete, well-formed "not done".
  case rejected(Rejection)
  /// Done; with the connection where the server answers it. `isBare` iff the answer was empty.
  case applied(status: Int, JSON.Object?, isBare: Bool = false)
  /// Anything else: it may have been done.
  case unknown(Doubt)
}

/// Why it is not known whether a call was done.
package struct Doubt: Hashable, Sendable {
  package let kind: Kind
  package let reason: String
  package let status: Int?

  package enum Kind: Hashable, Sendable, CaseIterable {
    /// No answer in time.
    case timeout
    /// A status of the server's own trouble: 5xx, 408.
    case server
    /// The connection broke, or the answer cannot be read.
    case broken
    /// What answers is not the API: a redirect, a web page, a 404 without JSON, a wrong id.
    case foreign
  }

  package init(_ kind: Kind, _ reason: String, status: Int? = nil) {
    self.kind = kind
    self.reason = reason
    self.status = status
  }
}

/// A complete "not done" of the server.
package struct Rejection: Hashable, Sendable {
  package let kind: Kind
  package let status: Int
  /// The server's own words.
  package let message: String

  package enum Kind: Hashable, Sendable {
    case unauthorized
    case forbidden
    case notFound
    /// `{"success": false}` at any status.
    case refused
    case invalid
    /// Over the limit; the seconds that `Retry-After` names.
    case limited(retryAfter: Double?)
  }

  package init(kind: Kind, status: Int, message: String) {
    self.kind = kind
    self.status = status
    self.message = message
  }
}

extension Attempt {
  /// Source: the API's page (answers of each call); statuses as RFC 9110 has them.
  package init(_ call: WriteCall, _ answer: Answer) {
    let json = try? JSONParser.parse(answer.body)
    let kind = Rejection.Kind(answer)
    if case .bool(false) = json?["success"], kind?.outweighsBody != true {
      self = .rejected(Rejection(.refused, answer))
    } else if let kind {
      self = Self.rejection(kind, answer, json)
    } else if (300..<400).contains(answer.status) {
      self = .foreign("the server redirects to \(answer.redirectOrigin)", answer)
    } else if !answer.isSuccess {
      self = .unknown(
        Doubt(.server, answer.message ?? "status \(answer.status)", status: answer.status))
    } else {
      self = Self.success(call, answer, json)
    }
  }

  package init(_ failure: TransportFailure) {
    switch failure {
    case .notSent(let reason), .refused(let reason): self = .notSent(reason)
    case .untrusted(let reason): self = .notSent(reason, isUntrusted: true)
    case .timedOut(let reason): self = .unknown(Doubt(.timeout, reason))
    case .interrupted(let reason): self = .unknown(Doubt(.broken, reason))
    }
  }

  private static func foreign(_ reason: String, _ answer: Answer) -> Attempt {
    .unknown(Doubt(.foreign, reason, status: answer.status))
  }

  private static func unreadable(_ reason: String, _ answer: Answer) -> Attempt {
    .unknown(Doubt(.broken, reason, status: answer.status))
  }

  /// A 404 that is no JSON comes from something in between, not from the API.
  private static func rejection(_ kind: Rejection.Kind, _ answer: Answer, _ json: JSON?)
    -> Attempt
  {
    guard kind != .notFound || json != nil else {
      return foreign("a 404 that is not the API's", answer)
    }
    return .rejected(Rejection(kind, answer))
  }

  private static func success(_ call: WriteCall, _ answer: Answer, _ json: JSON?) -> Attempt {
    if answer.isHTML { return foreign("a web page instead of an answer", answer) }
    switch call {
    case .create: return row(answer, json, wanted: nil)
    case .update(let id, _): return row(answer, json, wanted: id)
    case .disconnect: return status("disconnected", answer, json)
    case .delete: return status("deleted", answer, json)
    }
  }

  private static func row(_ answer: Answer, _ json: JSON?, wanted: Int64?) -> Attempt {
    guard let json, let connection = Connection(json) else {
      return unreadable("the answer is not a connection", answer)
    }
    if let wanted, connection.id != wanted {
      return foreign("the answer is about \(connection.id)", answer)
    }
    return .applied(status: answer.status, connection.object)
  }

  private static func status(_ wanted: String, _ answer: Answer, _ json: JSON?) -> Attempt {
    if answer.body.isEmpty { return .applied(status: answer.status, nil, isBare: true) }
    guard json?["success"] == .bool(true), json?["status"]?.string == wanted else {
      return unreadable("the answer is not `\(wanted)`", answer)
    }
    return .applied(status: answer.status, nil)
  }
}

extension Rejection {
  fileprivate init(_ kind: Kind, _ answer: Answer) {
    self.init(kind: kind, status: answer.status, message: answer.message ?? kind.words)
  }
}

extension Rejection.Kind {
  /// Returns `nil` for a status that is no complete "not done".
  init?(_ answer: Answer) {
    switch answer.status {
    case 401: self = .unauthorized
    case 403: self = .forbidden
    case 404: self = .notFound
    case 429: self = .limited(retryAfter: answer.retryAfter)
    case 400, 405, 409, 410, 413, 414, 415, 422, 431, 501: self = .invalid
    default: return nil
    }
  }

  /// `true` iff the status alone says what is wrong, whatever `success` the body names.
  fileprivate var outweighsBody: Bool {
    switch self {
    case .unauthorized, .forbidden, .notFound, .limited: true
    case .refused, .invalid: false
    }
  }

  fileprivate var words: String {
    switch self {
    case .unauthorized: "Unauthorized"
    case .forbidden: "Forbidden"
    case .notFound: "Not found"
    case .refused: "refused"
    case .invalid: "not accepted"
    case .limited: "rate limit exceeded"
    }
  }
}
