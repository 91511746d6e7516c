/// Admits calls up to a limit, strictly: whichever stretch of time is looked at, it holds no more.
///
/// A call that is refused does not count.
package struct SlidingWindow: Sendable {
  private let limit: RateLimit?
  /// When the calls came that may still count; oldest first.
  private var admitted: [Duration] = []

  package init(_ limit: RateLimit?) { self.limit = limit }

  /// Returns `nil` where the call is admitted, else how long after `instant` one would be.
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
