/// Estimates the link to the server from the answered calls of this process. Times are in seconds.
///
/// The server saw a call no later than its answer minus the shortest way back, and sees the next one
/// no earlier than its send plus the shortest way there. Both ways together take at least the
/// shortest round trip.
package struct RoundTripEstimator: Hashable, Sendable {
  /// Number of round trips seen.
  package private(set) var count = 0
  package private(set) var shortest = 0.0
  package private(set) var mean = 0.0
  /// Sum of squared distances from the mean (Welford's algorithm).
  private var squares = 0.0
  private var headStartCaution = Caution(step: 0.1)
  private var overlapCaution = Caution(step: 1)

  /// The rule that determined when a call was sent.
  package enum Rule: Hashable, Sendable {
    /// A gap after the answer to the previous call.
    case afterAnswer
    /// A gap after the send of the previous call.
    case afterSend
  }

  package init() {}

  package mutating func observe(_ roundTrip: Double) {
    guard roundTrip.isFinite, roundTrip >= 0 else { return }
    shortest = count == 0 ? roundTrip : min(shortest, roundTrip)
    count += 1
    let distance = roundTrip - mean
    mean += distance / Double(count)
    squares += distance * (roundTrip - mean)
  }

  /// The standard deviation. Half the mean counts as one more distance, because two round trips that
  /// happen to be equal prove little.
  package var deviation: Double {
    guard count > 0 else { return 0 }
    return ((squares + mean * mean / 4) / Double(count)).squareRoot()
  }

  /// The time by which the next call may be sent earlier than a gap after the previous answer: the
  /// shortest round trip minus a margin of two standard errors and a millisecond. The shortest of a few
  /// can be far above what the link allows, such as on a busy machine, so the margin is larger at first.
  package var headStart: Double {
    guard count >= Self.first else { return 0 }
    let errors = 2 / Double(count).squareRoot() + headStartCaution.deviations
    let margin = count < Self.fewest ? Self.firstMargin : 0.001
    return max(0, shortest - margin - errors * deviation)
  }

  /// The extra time after a gap since the previous send that the next call must wait if the previous
  /// answer is late.
  ///
  /// If both ways are uniformly distributed and alike, the ways there of two calls differ by less than
  /// 2.5 deviations of the round trip. If the tails are longer, refusals increase the margin.
  package var overlapMargin: Double {
    guard count >= Self.fewest else { return Self.largestMargin }
    let deviations = 2.5 * (1 + 4 / Double(count).squareRoot()) + overlapCaution.deviations
    return min(Self.largestMargin, 0.003 + deviations * deviation)
  }

  /// The number of round trips before any head start, and before its margin is the smaller one.
  private static let (first, fewest) = (3, 8)
  /// The margin of a head start before ``fewest`` round trips, in seconds.
  private static let firstMargin = 0.03
  private static let largestMargin = 2.0

  /// Adjusts a rule's margin after the answer to a call that it determined.
  mutating func learn(_ rule: Rule, wasLimited: Bool) {
    switch rule {
    case .afterAnswer: headStartCaution.learn(wasLimited)
    case .afterSend: overlapCaution.learn(wasLimited)
    }
  }
}

/// A margin in deviations, which converges where one call in a thousand is refused.
private struct Caution: Hashable, Sendable {
  var deviations = 0.0
  let step: Double

  init(step: Double) { self.step = step }

  mutating func learn(_ wasLimited: Bool) {
    deviations = wasLimited ? deviations + step : max(0, deviations - step / 1000)
  }
}
