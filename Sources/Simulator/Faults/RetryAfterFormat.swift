/// The format of `Retry-After` in the answer to a call over the limit.
package enum RetryAfterFormat: Hashable, Sendable {
  /// Whole seconds, rounded up.
  case seconds
  /// An HTTP date, relative to the answer's own `Date`.
  case date
}
