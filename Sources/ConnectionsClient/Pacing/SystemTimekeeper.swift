import Glibc

/// The machine's boot-time clock, which keeps running during sleep and is shared by all processes.
package struct SystemTimekeeper: Timekeeper {
  package init() {}

  package func uptime() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_BOOTTIME, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  package func sleep(seconds: Double) async throws {
    try await Task.sleep(for: .seconds(seconds))
  }
}
