import API

/// The patience of somebody who has nobody to tell.
package struct SilentRetryPolicy: RetryPolicy {
  package init() {}

  package func look(at wait: CallWait, until time: Double, now: Double) throws(ClientError) {}
  package func allowsRetry(retryAfter error: ClientError) -> Bool { true }
  package func succeeded() {}
  package func endWait() {}
}
