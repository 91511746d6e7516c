/// What somebody who asks for a list waits for.
package enum CallWait: Hashable, Sendable {
  /// The pace permits no call yet.
  case pace
  /// The call failed, for this reason, and is sent again.
  case retry(String)
  /// A call was sent then; it is named by its method and target.
  case answer(String, since: Double)

  /// A wait is cut into parts no longer than this, so that whoever waits can look up; in seconds.
  package static let slice = 0.05
}

/// How long somebody waits who asks for a list, and who is told of it.
package protocol Patience: Sendable {
  /// Looks at a wait at its begin, and after each part of it. `time` is when it is over, infinity
  /// where nobody knows. Throws where it is to be given up.
  mutating func look(at wait: CallWait, until time: Double, now: Double) throws(ClientError)
  /// Takes note of a try that failed. Returns `true` iff another one may be afforded.
  mutating func affords(retryAfter error: ClientError) -> Bool
  mutating func succeeded()
  /// Nothing is waited for any more.
  mutating func endWait()
}

/// The patience of somebody who has nobody to tell.
package struct SilentPatience: Patience {
  package init() {}

  package func look(at wait: CallWait, until time: Double, now: Double) throws(ClientError) {}
  package func affords(retryAfter error: ClientError) -> Bool { true }
  package func succeeded() {}
  package func endWait() {}
}
