import API

extension SharedRateLimiter {
  /// The likely minimum duration of these calls, one after the other, in seconds.
  package func forecast(_ calls: [CallKind]) -> Double {
    Dictionary(grouping: calls, by: \.budget).reduce(0) { seconds, calls in
      seconds + forecast(calls.key, calls: calls.value.count)
    }
  }
}

extension CallKind {
  /// The budget that a call of this kind counts on.
  package var budget: RateLimiter.Kind {
    if self == .list { .list } else { resource == nil ? .other : .related }
  }
}
