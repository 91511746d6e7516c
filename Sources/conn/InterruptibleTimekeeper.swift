import ConnectionsClient

/// The machine's clock, whose waits an interruption ends.
struct InterruptibleTimekeeper: Timekeeper {
  private let system = SystemTimekeeper()
  private static let slice = 0.05

  func uptime() -> Double { system.uptime() }

  func sleep(seconds: Double) async throws {
    let end = uptime() + seconds
    while case let rest = end - uptime(), rest > 0 {
      if Interruption.isRequested { throw CancellationError() }
      try await system.sleep(seconds: min(rest, Self.slice))
    }
  }
}
