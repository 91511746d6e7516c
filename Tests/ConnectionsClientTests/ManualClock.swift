import ConnectionsClient
import Synchronization

/// A clock that moves when somebody waits.
final class ManualClock: Timekeeper {
  private let now = Mutex(0.0)

  func uptime() -> Double { now.withLock { $0 } }
  func sleep(seconds: Double) async throws {
    advance(seconds)
    await Task.yield()
  }
  func advance(_ seconds: Double) { now.withLock { $0 += seconds } }
}
