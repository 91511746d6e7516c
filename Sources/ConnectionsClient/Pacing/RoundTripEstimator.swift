/// What the answered calls of a process tell about the link to the server. Times are seconds.
///
/// The server saw a call no later than its answer less the shortest way back, and sees the next
/// one no earlier than its send plus the shortest way there; both ways together take at least the
/// shortest round trip.
package struct RoundTripEstimator: Hashable, Sendable {
  /// The number of round trips seen.
  package private(set) var count = 0
  package private(set) var shortest = 0.0
  package private(set) var mean = 0.0
  /// The sum of the squared distances from the mean (Welford).
  private var squares = 0.0
  private var headStartCaution = Caution(step: 0.1)
  private var overlapCaution = Caution(step: 1)

  /// Which of the two rules let a call go.
  package enum Rule: Hashable, Sendable {
    /// So long after the answer to the previous call.
    case afterAnswer
    /// So long after the send of the previous call.
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

  /// The standard deviation, where half the mean counts as one distance more: two round trips that
  /// happen to be alike say little.
  package var deviation: Double {
    guard count > 0 else { return 0 }
    return ((squares + mean * mean / 4) / Double(count)).squareRoot()
  }

  /// How much sooner than a gap after the previous answer the next call may be sent: the shortest
  /// round trip less a margin of two standard errors and a millisecond.
  package var headStart: Double {
    guard count > 0 else { return 0 }
    let errors = 2 / Double(count).squareRoot() + headStartCaution.deviations
    return max(0, shortest - 0.001 - errors * deviation)
  }

  /// How much more than a gap after the previous send the next call must wait where the answer to
  /// the previous one is late.
  ///
  /// 2.5 deviations of the round trip are more than the ways there of two calls can differ where
  /// the times of both ways are uniform and alike; where tails are longer, refusals teach it.
  package var overlapMargin: Double {
    guard count >= Self.fewest else { return Self.largestMargin }
    let deviations = 2.5 * (1 + 4 / Double(count).squareRoot()) + overlapCaution.deviations
    return min(Self.largestMargin, 0.003 + deviations * deviation)
  }

  private static let fewest = 8
  private static let largestMargin = 2.0

  /// Learns from the outcome of a call that a rule let go.
  mutating func learn(_ rule: Rule, wasLimited: Bool) {
    switch rule {
    case .afterAnswer: headStartCaution.learn(wasLimited)
    case .afterSend: overlapCaution.learn(wasLimited)
    }
  }
}

/// A margin, in deviations, that settles where one call in a thousand is refused.
private struct Caution: Hashable, Sendable {
  var deviations = 0.0
  let step: Double

  init(step: Double) { self.step = step }

  mutating func learn(_ wasLimited: Bool) {
    deviations = wasLimited ? deviations + step : max(0, deviations - step / 1000)
  }
}
