import Glibc

/// The rate limiter's clock: a monotonic time and a way to wait.
package protocol Timekeeper: Sendable {
  /// Seconds since a fixed moment that all processes of the machine share; never decreases.
  func uptime() -> Double
  /// Throws if the wait is cancelled.
  func sleep(seconds: Double) async throws
}
