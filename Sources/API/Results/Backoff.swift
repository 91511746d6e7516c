/// How long a call waits before it is sent again, in seconds.
package enum Backoff {
  private static let longest = 60.0
  /// A server that asks for more patience than this does not get it.
  package static let longestAsked = 15 * 60.0

  /// Full jitter under `min(60 s, 1 s · 2^k)`; `random` is in 0..<1.
  package static func seconds(attempt: Int, random: Double) -> Double {
    min(longest, Double(1 << min(attempt, 6))) * random
  }

  /// What the server asks for, or the same as for other failures, but at least half of it.
  package static func limited(attempt: Int, asked: Double?, random: Double) -> Double {
    if let asked { return min(asked, longestAsked) }
    return seconds(attempt: attempt, random: 0.5 + random / 2)
  }
}
