/// Computes the pause before a call is retried, in seconds.
package enum Backoff {
  private static let longest = 60.0
  /// The longest pause that the server can ask for; a longer one ends the run.
  package static let longestAsked = 15 * 60.0

  /// Full jitter under `min(60 s, 1 s · 2^k)`; `random` is in 0..<1.
  package static func seconds(attempt: Int, random: Double) -> Double {
    min(longest, Double(1 << min(attempt, 6))) * random
  }

  /// The pause after a 429: what the server asks for, or else the backoff with half of it as a minimum.
  package static func limited(attempt: Int, asked: Double?, random: Double) -> Double {
    if let asked { return min(asked, longestAsked) }
    return seconds(attempt: attempt, random: 0.5 + random / 2)
  }
}
