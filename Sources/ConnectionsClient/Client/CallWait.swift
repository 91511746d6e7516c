/// The reason a call that only reads is waiting.
package enum CallWait: Hashable, Sendable {
  /// The rate limit allows no call yet.
  case pace
  /// The server has asked a process of this machine to wait.
  case held
  /// The call failed, for this reason, and will be retried.
  case retry(String)
  /// The answer to a call, given as method and target, sent at `since`.
  case answer(String, since: Double)

  /// The longest uninterrupted sleep in seconds; after each one the retry policy may give up.
  package static let slice = 0.05
}
