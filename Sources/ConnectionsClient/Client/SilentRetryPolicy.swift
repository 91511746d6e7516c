import API

/// A retry policy that never gives up and reports nothing.
package struct SilentRetryPolicy: RetryPolicy {
  package var outagePatience: Double { 0 }

  package init() {}

  package func look(at wait: CallWait, until time: Double, now: Double) throws(ClientError) {}
  package func allowsRetry(retryAfter error: ClientError) -> Bool { true }
  package func succeeded() {}
  package func endWait() {}
}
