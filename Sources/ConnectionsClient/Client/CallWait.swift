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
