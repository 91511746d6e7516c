/// How the `Retry-After` of a call over the limit is written.
package enum RetryAfterForm: Hashable, Sendable {
  /// Whole seconds, rounded up.
  case seconds
  /// An HTTP date, to be read against the answer's own `Date`.
  case date
}
