/// Keeps calls within the API's limits: 60 lists in any 60 s, and a second between an answer and
/// the next other call.
///
/// Source: the API's page, "Rate limits".
package actor Pacer {
  private let clock: any Timekeeper
  private let gap: Double
  private var lists: [Double] = []
  private var lastAnswer: Double?

  private static let listsPerWindow = 60
  private static let window = 60.0
  /// More than the rounding of times, so that a wait is never too short to be one.
  private static let margin = 0.001

  /// `rate` is in calls a second.
  package init(clock: any Timekeeper, rate: Double = 1) {
    self.clock = clock
    self.gap = 1 / rate
  }

  /// Waits until a list may be sent, and counts it.
  package func admitList() async throws {
    while case let wait = waitForList(at: clock.uptime()), wait > 0 {
      try await clock.sleep(seconds: wait)
    }
    lists.append(clock.uptime())
  }

  private func waitForList(at now: Double) -> Double {
    lists.removeAll { $0 <= now - Self.window }
    guard lists.count >= Self.listsPerWindow else { return 0 }
    return lists[0] + Self.window - now + Self.margin
  }

  /// Counts a list from when its answer came: the server saw it no later.
  package func listAnswered() {
    if !lists.isEmpty { lists[lists.count - 1] = clock.uptime() }
  }

  /// Waits until another call may be sent.
  package func admitWrite() async throws {
    guard let lastAnswer else { return }
    let wait = lastAnswer + gap - clock.uptime()
    if wait > 0 { try await clock.sleep(seconds: wait) }
  }

  package func writeAnswered() { lastAnswer = clock.uptime() }

  /// Waits before a call is sent again.
  package func backOff(seconds: Double) async throws {
    try await clock.sleep(seconds: seconds)
  }

  /// The seconds that `count` writes take at least.
  package nonisolated func forecast(writes count: Int) -> Double {
    Double(max(0, count - 1)) * gap
  }
}
