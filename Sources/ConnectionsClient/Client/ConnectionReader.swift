import API

/// Lists the connections of a workspace.
package protocol ConnectionReader: Sendable {
  /// `true` iff a list is a call to a server.
  var isRemote: Bool { get }
  func list(_ query: ListQuery) async throws(ClientError) -> ConnectionList
  /// Lists the connections; `patience` watches every wait and may give up.
  func list<P: RetryPolicy>(_ query: ListQuery, _ patience: inout P) async throws(ClientError)
    -> ConnectionList
}

extension ConnectionReader {
  /// Ignores the policy; for readers that answer at once.
  package func list(_ query: ListQuery, _ patience: inout some RetryPolicy)
    async throws(ClientError) -> ConnectionList
  {
    try await list(query)
  }
}

extension ClientError {
  /// The row in the table of reactions.
  var situation: ResponseClass {
    switch self {
    case .unauthorized: .unauthorized
    case .forbidden, .unprivileged: .forbidden
    case .notFound, .missing: .notFound
    case .limited, .unavailable: .limited
    case .invalid: .invalid
    case .refused: .refused
    case .redirected, .webPage, .unreadable: .foreign
    case .untrusted, .interrupted, .tooLate, .usedUp, .comeBack: .untrusted
    case .notSent: .notSent
    case .server, .network, .timedOut: .unknown
    }
  }

  init(_ failure: TransportFailure) {
    switch failure {
    case .notSent(let reason): self = .notSent(reason)
    case .untrusted(let reason): self = .untrusted(reason)
    case .timedOut(let reason): self = .timedOut(reason)
    case .unreadable(let reason): self = .unreadable(reason)
    case .interrupted(let reason), .refused(let reason): self = .network(reason)
    }
  }

  var retryAfter: Double? {
    switch self {
    case .limited(let seconds): seconds
    case .unavailable(let seconds): seconds
    default: nil
    }
  }
}

extension TransportFailure {
  /// The reason, for messages.
  package var reason: String {
    switch self {
    case .notSent(let reason), .untrusted(let reason), .timedOut(let reason),
      .interrupted(let reason), .unreadable(let reason), .refused(let reason):
      reason
    }
  }
}
