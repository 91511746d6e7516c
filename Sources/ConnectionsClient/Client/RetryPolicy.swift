import API

/// How long somebody waits who asks for a list, and who is told of it.
package protocol RetryPolicy: Sendable {
  /// Looks at a wait at its begin, and after each part of it. `time` is when it is over, infinity
  /// where nobody knows. Throws where it is to be given up.
  mutating func look(at wait: CallWait, until time: Double, now: Double) throws(ClientError)
  /// Takes note of a try that failed. Returns `true` iff another one may be afforded.
  mutating func allowsRetry(retryAfter error: ClientError) -> Bool
  mutating func succeeded()
  /// Nothing is waited for any more.
  mutating func endWait()
}
