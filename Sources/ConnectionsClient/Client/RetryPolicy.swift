import API

/// Decides whether a call that only reads may wait or retry, and reports its progress.
package protocol RetryPolicy: Sendable {
  /// Called at the start of a wait and after each slice of it. `time` is when it ends, or infinity if
  /// unknown. Throws to give up.
  mutating func look(at wait: CallWait, until time: Double, now: Double) throws(ClientError)
  /// The longest outage that is ridden out, in seconds; with 0 there are only a few retries.
  var outagePatience: Double { get }
  /// Called after a failed attempt. Returns `true` iff another one is allowed.
  mutating func allowsRetry(retryAfter error: ClientError) -> Bool
  mutating func succeeded()
  /// Called when all waiting is over.
  mutating func endWait()
}
