import Simulator
import Synchronization

/// A clock that a test moves by hand; it starts at 2026-02-03T04:05:06.789Z.
final class ManualClock: Sendable {
  static let start: Int64 = 1_770_091_506_789
  private let elapsed = Mutex(Duration.zero)

  var clock: SimulatorClock {
    SimulatorClock(elapsed: { self.now }, wallMilliseconds: { self.wallMilliseconds })
  }

  func advance(by duration: Duration) { elapsed.withLock { $0 += duration } }

  private var now: Duration { elapsed.withLock { $0 } }

  private var wallMilliseconds: Int64 {
    let (seconds, attoseconds) = now.components
    return Self.start + seconds * 1000 + attoseconds / 1_000_000_000_000_000
  }
}
