import Glibc

/// The clock of the pacer: time that passes, and waiting.
package protocol Timekeeper: Sendable {
  /// Seconds since some fixed moment that all processes of the machine share; never goes back.
  func uptime() -> Double
  /// Throws where the wait is cancelled.
  func sleep(seconds: Double) async throws
}
