/// Why it is not known whether a call was done.
package struct UnknownReason: Hashable, Sendable {
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
