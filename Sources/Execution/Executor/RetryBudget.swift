import API

/// How many retries a run may afford: timeouts and the server's own errors use it up.
struct RetryBudget: Sendable {
  private static let most = 100
  private var tokens = Self.most

  var isUsedUp: Bool { tokens <= 0 }

  mutating func succeeded() { tokens = min(Self.most, tokens + 1) }

  /// Takes note of a list that failed.
  mutating func failed(_ error: ClientError) {
    switch error {
    case .timedOut: failed(.timeout)
    case .server: failed(.server)
    default: return
    }
  }

  mutating func failed(_ kind: UnknownReason.Kind) {
    if kind == .timeout || kind == .server { tokens -= 10 }
  }
}
