import API

/// The retries that a run has left: 100 tokens, −10 per timeout or server error, +1 per success.
struct RetryBudget: Sendable {
  private static let most = 100
  private var tokens = Self.most

  var isUsedUp: Bool { tokens <= 0 }

  mutating func succeeded() { tokens = min(Self.most, tokens + 1) }

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
