import Language
import Synchronization

/// The clock of a test. It starts at the test's `now`, and only waiting moves it, so that a test
/// takes no time.
final class TestClock: HostClock {
  private let start: Timestamp
  private let elapsed = Mutex(0.0)

  init(_ start: Timestamp) { self.start = start }

  func uptime() -> Double { elapsed.withLock { $0 } }

  func sleep(seconds: Double) async throws {
    try Task.checkCancellation()
    elapsed.withLock { $0 += max(0, seconds) }
  }

  func microseconds() -> Int64 { start.microseconds &+ Int64(uptime() * 1_000_000) }
}
