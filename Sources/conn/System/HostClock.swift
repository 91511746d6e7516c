import ConnectionsClient
import Glibc
import Language
import Simulator

/// The uptime, waits, and the time of day.
protocol HostClock: Timekeeper {
  /// Microseconds since 1970-01-01T00:00:00Z.
  func microseconds() -> Int64
}

extension HostClock {
  /// Returns the time in UTC as ISO 8601, with milliseconds.
  func wallTime() -> String {
    Timestamp(microseconds: microseconds() / 1_000 * 1_000).iso8601
  }

  /// Returns the instant given by an option, or the current time in whole seconds.
  func instant(_ option: String? = nil) -> Timestamp {
    if let option, let instant = Timestamp(iso8601: option) {
      return Timestamp(microseconds: instant.microseconds)
    }
    return Timestamp(microseconds: microseconds() / 1_000_000 * 1_000_000)
  }

  /// This clock for an embedded simulator.
  var simulated: SimulatorClock {
    SimulatorClock(
      elapsed: { .seconds(uptime()) }, wallMilliseconds: { microseconds() / 1_000 })
  }
}

/// The clocks of the machine.
struct SystemClock: HostClock {
  private let keeper = SystemTimekeeper()

  func uptime() -> Double { keeper.uptime() }

  func sleep(seconds: Double) async throws { try await keeper.sleep(seconds: seconds) }

  func microseconds() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000
  }
}
