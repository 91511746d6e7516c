/// The reason it is unknown whether a call was applied.
package struct UnknownReason: Hashable, Sendable {
  package let kind: Kind
  package let reason: String
  package let status: Int?
  /// Seconds for which a 503 asks that nothing be sent.
  package let retryAfter: Double?

  package enum Kind: Hashable, Sendable, CaseIterable {
    /// No answer in time.
    case timeout
    /// A server error: 5xx or 408.
    case server
    /// The connection broke, or the answer is unreadable.
    case broken
    /// The answer is not from the API: a redirect, a web page, a 404 without JSON or a wrong id.
    case foreign
  }

  package init(
    _ kind: Kind, _ reason: String, status: Int? = nil, retryAfter: Double? = nil
  ) {
    self.retryAfter = retryAfter
    self.kind = kind
    self.reason = reason
    self.status = status
  }
}
