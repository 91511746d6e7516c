import JSON

/// The result of one attempt at a call, determined by status and body together.
package enum CallResult: Hashable, Sendable {
  /// No byte can have reached the application. `isUntrusted` iff the server could not prove its
  /// identity; then no further call is made.
  case notSent(String, isUntrusted: Bool = false)
  /// A complete, well-formed "not done".
  case rejected(Rejection)
  /// Done, with the connection if the answer contains it. `hasEmptyBody` iff the answer was empty.
  case applied(status: Int, JSON.Object?, hasEmptyBody: Bool = false)
  /// Anything else: the call may have been applied.
  case unknown(UnknownReason)
}

extension CallResult {
  /// Classifies an answer. Source: the API's page (answers of each call); statuses: RFC 9110.
  package init(_ call: WriteCall, _ answer: Answer) {
    let json = try? JSONParser.parse(answer.body)
    let kind = Rejection.Kind(answer)
    if Answer.success(json) == false, kind?.outweighsBody != true {
      self = .rejected(Rejection(.refused, answer))
    } else if let kind {
      self = Self.rejection(kind, answer, json)
    } else if (300..<400).contains(answer.status) {
      self = .foreign("the server redirects to \(answer.redirectOrigin)", answer)
    } else if !answer.isSuccess {
      self = .unknown(
        UnknownReason(
          .server, answer.message ?? "status \(answer.status)", status: answer.status,
          retryAfter: answer.requestedPause))
    } else {
      self = Self.success(call, answer, json)
    }
  }

  package init(_ failure: TransportFailure) {
    switch failure {
    case .notSent(let reason), .refused(let reason): self = .notSent(reason)
    case .untrusted(let reason): self = .notSent(reason, isUntrusted: true)
    case .timedOut(let reason): self = .unknown(UnknownReason(.timeout, reason))
    case .interrupted(let reason), .unreadable(let reason):
      self = .unknown(UnknownReason(.broken, reason))
    }
  }

  private static func foreign(_ reason: String, _ answer: Answer) -> CallResult {
    .unknown(UnknownReason(.foreign, reason, status: answer.status))
  }

  private static func unreadable(_ reason: String, _ answer: Answer) -> CallResult {
    .unknown(UnknownReason(.broken, reason, status: answer.status))
  }

  /// Rejects the call, except for a 404 without JSON, which comes from a proxy and not from the API.
  private static func rejection(_ kind: Rejection.Kind, _ answer: Answer, _ json: JSON?)
    -> CallResult
  {
    guard kind != .notFound || json != nil else {
      return foreign("a 404 that isn't from the API", answer)
    }
    return .rejected(Rejection(kind, answer))
  }

  private static func success(_ call: WriteCall, _ answer: Answer, _ json: JSON?) -> CallResult {
    if let coding = answer.unknownCoding {
      return unreadable(ClientError.unknownCoding(coding), answer)
    }
    if answer.isHTML { return webPage(call, answer) }
    if let errors = Answer.errors(json) {
      return .rejected(Rejection(kind: .refused, status: answer.status, message: errors))
    }
    switch call.success {
    case .connection: return row(answer, json, wanted: call.id)
    case .status(let status): return self.status(status, answer, json)
    case .anyObject: return object(answer, json)
    }
  }

  private static func webPage(_ call: WriteCall, _ answer: Answer) -> CallResult {
    let reason = call.kind.resource.map { ClientError.webPage.about($0).description }
    return foreign(reason ?? "a web page instead of an answer", answer)
  }

  private static func row(_ answer: Answer, _ json: JSON?, wanted: Int64?) -> CallResult {
    if answer.status == 202 { return unreadable("the server hasn't done it yet", answer) }
    guard let json, let connection = Connection(json) else {
      return unreadable("the answer is not a connection", answer)
    }
    if let wanted, connection.id != wanted {
      return foreign("the answer names connection \(connection.id)", answer)
    }
    return .applied(status: answer.status, connection.object)
  }

  private static func status(_ wanted: String, _ answer: Answer, _ json: JSON?) -> CallResult {
    if answer.saysNothing(json) || isBareSuccess(json) { return silent(answer) }
    guard Answer.success(json) == true, json?["status"]?.string == wanted else {
      return unreadable("the answer doesn't say `\(wanted)`", answer)
    }
    return .applied(status: answer.status, nil)
  }

  private static func object(_ answer: Answer, _ json: JSON?) -> CallResult {
    if answer.saysNothing(json) { return silent(answer) }
    guard json?.object != nil else { return unreadable("the answer is not an object", answer) }
    return .applied(status: answer.status, nil)
  }

  /// A success that a list confirms, because the answer doesn't say what was done.
  private static func silent(_ answer: Answer) -> CallResult {
    .applied(status: answer.status, nil, hasEmptyBody: true)
  }

  /// `true` iff the answer is `{}`, or an object that only says that the call succeeded.
  private static func isBareSuccess(_ json: JSON?) -> Bool {
    guard let object = json?.object else { return false }
    return object.members.isEmpty || (Answer.success(json) == true && object.members.count == 1)
  }
}
