/// Enforces a limit strictly: no interval of its length contains more calls than allowed.
///
/// Refused calls don't count.
package struct SlidingWindow: Sendable {
  private let limit: RateLimit?
  /// Arrival times of the calls that may still count, oldest first.
  private var admitted: [Duration] = []

  package init(_ limit: RateLimit?) { self.limit = limit }

  /// Returns `nil` if the call is admitted, or else the time after `instant` at which one would be.
  package mutating func admit(at instant: Duration) -> Duration? {
    guard let limit else { return nil }
    admitted.removeAll { instant - $0 >= limit.period }
    guard admitted.count >= limit.count else {
      admitted.append(instant)
      return nil
    }
    return (admitted.first ?? instant) + limit.period - instant
  }
}
