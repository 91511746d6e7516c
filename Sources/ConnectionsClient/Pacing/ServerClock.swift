import API
import Synchronization

/// The server's clock, as far as the `Date` of its answers tells it.
package final class ServerClock: Sendable {
  let clock: any Timekeeper
  private let reading = Mutex(ClockReading())

  package init(_ clock: any Timekeeper = SystemTimekeeper()) { self.clock = clock }

  /// As ``ClockReading/offset``.
  package var offset: Double? { reading.withLock { $0.offset } }

  /// An answer with this `Date` begins just now; it was asked for at that uptime.
  package func hear(_ date: String?, askedAt asked: Double) {
    guard let seconds = date.flatMap(HTTPDate.seconds) else { return }
    hear(seconds, askedAt: asked)
  }

  /// The same, in seconds since 1970.
  package func hear(_ seconds: Int64, askedAt asked: Double) {
    let now = clock.uptime()
    reading.withLock { $0.hear(seconds, askedAt: asked, at: now) }
  }
}

/// What dates tell of another clock.
package struct ClockReading: Sendable {
  /// The other clock's seconds since 1970 less the uptime of this machine, at least: a date was true
  /// before it arrived, and leaves out the parts of its second. `nil` before the first date.
  package private(set) var offset: Double?

  /// The date of an answer that took longer says too little, in seconds.
  private static let longest = 5.0

  package init() {}

  /// `date` is in seconds since 1970; the others are uptimes.
  package mutating func hear(_ date: Int64, askedAt asked: Double, at now: Double) {
    guard now - asked <= Self.longest else { return }
    offset = max(offset ?? -.infinity, Double(date) - now)
  }
}
