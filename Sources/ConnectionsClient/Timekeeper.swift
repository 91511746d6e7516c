/// The clock of the pacer: time that passes, and waiting.
package protocol Timekeeper: Sendable {
  /// Seconds since some fixed moment; never goes back.
  func uptime() -> Double
  /// Throws where the wait is cancelled.
  func sleep(seconds: Double) async throws
}

/// The machine's own clock.
package struct SystemTimekeeper: Timekeeper {
  private let start = ContinuousClock.now

  package init() {}

  package func uptime() -> Double {
    let elapsed = start.duration(to: .now).components
    return Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18
  }

  package func sleep(seconds: Double) async throws {
    try await Task.sleep(for: .seconds(seconds))
  }
}
