import API
import ConnectionsClient

/// The retry policy of a call that nobody asked for: it waits for its turn, and is not repeated.
struct SingleAttempt: RetryPolicy {
  var outagePatience: Double { 0 }

  func look(at wait: CallWait, until time: Double, now: Double) throws(ClientError) {
    if Task.isCancelled { throw .interrupted }
  }

  func allowsRetry(retryAfter error: ClientError) -> Bool { false }
  func succeeded() {}
  func endWait() {}
}
