import API

/// Reads the workspace.
package protocol ConnectionReader: Sendable {
  /// `true` iff a list is a call to the server.
  var isRemote: Bool { get }
  func list(_ query: ListQuery) async throws(ClientError) -> [Connection]
  /// The same; what is waited for meanwhile is shown to somebody who may give it up.
  func list<P: RetryPolicy>(_ query: ListQuery, _ patience: inout P) async throws(ClientError)
    -> [Connection]
}

extension ConnectionReader {
  /// What answers at once needs no patience.
  package func list(_ query: ListQuery, _ patience: inout some RetryPolicy)
    async throws(ClientError) -> [Connection]
  {
    try await list(query)
  }
}

extension ClientError {
  /// The row of the table of reactions.
  var situation: ResponseClass {
    switch self {
    case .unauthorized: .unauthorized
    case .forbidden: .forbidden
    case .notFound: .notFound
    case .limited: .limited
    case .invalid: .invalid
    case .refused: .refused
    case .redirected, .webPage: .foreign
    case .untrusted, .interrupted, .tooLate, .usedUp: .untrusted
    case .notSent: .notSent
    case .unreadable, .server, .network, .timedOut: .unknown
    }
  }

  init(_ failure: TransportFailure) {
    switch failure {
    case .notSent(let reason): self = .notSent(reason)
    case .untrusted(let reason): self = .untrusted(reason)
    case .timedOut(let reason): self = .timedOut(reason)
    case .interrupted(let reason), .refused(let reason): self = .network(reason)
    }
  }

  var retryAfter: Double? {
    if case .limited(let seconds) = self { seconds } else { nil }
  }
}

extension TransportFailure {
  /// For a person.
  package var reason: String {
    switch self {
    case .notSent(let reason), .untrusted(let reason), .timedOut(let reason),
      .interrupted(let reason), .refused(let reason):
      reason
    }
  }
}
