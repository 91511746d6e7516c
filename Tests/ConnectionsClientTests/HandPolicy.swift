import Simulator
import Text

/// The ways in which people pace calls by hand, one call at a time.
enum HandPolicy: String, CaseIterable {
  case pause = "`sleep 1` after each call"
  case clock = "one call a second by the clock"

  /// Returns when the next call is sent.
  func next(afterSending sent: Double, answeredAt answered: Double) -> Double {
    switch self {
    case .pause: answered + 1
    case .clock: max(sent + 1, answered)
    }
  }
}

/// Calls paced by hand, over a link to a server with a strict limit of one call a second, judged at
/// the arrival. A refused call is sent again in its turn.
struct HandSimulation {
  private(set) var applied = 0
  private(set) var refused = 0
  private var elapsed = 0.0

  /// The part of the permitted rate that was achieved.
  var part: Double { Double(applied) / elapsed }

  /// Runs until so many calls have been applied.
  init(_ policy: HandPolicy, _ link: LinkProfile, calls: Int, seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var window = SlidingWindow(RateLimit(count: 1, per: .seconds(1)))
    var sent = 0.0
    while applied < calls {
      let ways = link.draw(&random)
      if window.admit(at: .seconds(sent + ways.there)) == nil { applied += 1 } else { refused += 1 }
      elapsed = sent + ways.there + ways.back
      sent = policy.next(afterSending: sent, answeredAt: elapsed)
    }
  }
}
