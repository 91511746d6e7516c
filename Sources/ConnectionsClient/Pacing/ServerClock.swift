import API
import Synchronization

/// Estimates the server's clock from the `Date` headers of its answers.
package final class ServerClock: Sendable {
  let clock: any Timekeeper
  private let reading = Mutex(ClockReading())

  package init(_ clock: any Timekeeper = SystemTimekeeper()) { self.clock = clock }

  /// See ``ClockReading/offset``.
  package var offset: Double? { reading.withLock { $0.offset } }

  /// Records the `Date` header of a response whose first byte has just arrived; `asked` is the uptime
  /// at which the request was sent.
  package func observe(_ date: String?, askedAt asked: Double) {
    guard let seconds = date.flatMap(HTTPDate.seconds) else { return }
    observe(seconds, askedAt: asked)
  }

  /// Records a date in seconds since 1970 in the same way.
  package func observe(_ seconds: Int64, askedAt asked: Double) {
    let now = clock.uptime()
    reading.withLock { $0.observe(seconds, askedAt: asked, at: now) }
  }
}

/// A lower bound of another clock, derived from dates that it sent.
package struct ClockReading: Sendable {
  /// A lower bound of the other clock (seconds since 1970) minus this machine's uptime: a date is older
  /// than its arrival and is cut to whole seconds. `nil` before the first date.
  package private(set) var offset: Double?

  /// Dates of answers that took longer are too imprecise, in seconds.
  private static let longest = 5.0

  package init() {}

  /// Records a date. `date` is in seconds since 1970; `asked` and `now` are uptimes.
  package mutating func observe(_ date: Int64, askedAt asked: Double, at now: Double) {
    guard now - asked <= Self.longest else { return }
    offset = max(offset ?? -.infinity, Double(date) - now)
  }
}
