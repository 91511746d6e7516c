/// An outage of the server: it can't be reached, or answers neither in time nor by itself. Once it has
/// started to write, a run rides it out.
package enum Outage {
  /// The longest outage that a run rides out, in seconds.
  package static let longest = 120.0
  /// The longest pause between two attempts is 2 to the power of this, in seconds.
  package static let maxBackoffExponent = 4

  /// 502, 503 and 504 come from a gateway before the API. Source: RFC 9110, 15.6.
  fileprivate static let statuses: Set<Int> = [502, 503, 504]
}

extension ClientError {
  /// `true` iff it may be the result of an outage.
  package var isOutage: Bool {
    switch self {
    case .notSent, .timedOut: true
    case .server(let status, _): Outage.statuses.contains(status)
    default: false
    }
  }
}

extension CallResult {
  /// `true` iff it may be the result of an outage.
  package var isOutage: Bool {
    switch self {
    case .notSent(_, let isUntrusted): !isUntrusted
    case .unknown(let doubt):
      doubt.kind == .timeout || doubt.status.map(Outage.statuses.contains) ?? false
    case .rejected, .applied: false
    }
  }

  /// Seconds for which the answer asks that nothing be sent.
  package var requestedPause: Double? {
    switch self {
    case .unknown(let doubt): return doubt.retryAfter
    case .rejected(let rejection):
      if case .limited(let seconds) = rejection.kind { return seconds }
      return nil
    case .notSent, .applied: return nil
    }
  }
}
