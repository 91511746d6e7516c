import Foundation
import TestSupport
import Text

/// How long the ways to a server and back take.
struct LinkProfile: Sendable {
  let name: String
  /// Draws the seconds of both ways.
  let draw: @Sendable (inout SplitMix64) -> (there: Double, back: Double)

  /// The ways are independent, and alike.
  private init(_ name: String, way: @escaping @Sendable (inout SplitMix64) -> Double) {
    self.name = name
    draw = { (way(&$0), way(&$0)) }
  }

  /// Either way is uniform within half of the round trip's bounds.
  private init(_ name: String, uniform roundTrip: ClosedRange<Double>) {
    let way = (roundTrip.lowerBound / 2)...(roundTrip.upperBound / 2)
    self.init(name) { .random(in: way, using: &$0) }
  }

  private init(
    _ name: String,
    draw: @escaping @Sendable (inout SplitMix64) -> (there: Double, back: Double)
  ) {
    self.name = name
    self.draw = draw
  }

  static let steady = LinkProfile("250 ± 50 ms", uniform: 0.2...0.3)
  static let near = LinkProfile("80 ± 40 ms", uniform: 0.04...0.12)

  /// Either way is half of a lognormal time with a median of 0.25 s and σ = 0.8. Of the round trips
  /// one in two takes more than 0.29 s, one in 1,200 more than 2 s; the mean is 0.345 s, the
  /// deviation 0.23 s.
  static let bad = LinkProfile("bad: lognormal, tails of 2 s") { random in
    lognormal(median: 0.25, sigma: 0.8, &random) / 2
  }

  /// The round trip as a whole is uniform, and the way there is any part of it from 30 to 70 %: a
  /// short way there can follow a short way back, and the two take less than any round trip.
  static let torn = LinkProfile("250 ± 50 ms, cut anywhere") { random in
    let roundTrip = Double.random(in: 0.2...0.3, using: &random)
    let there = roundTrip * .random(in: 0.3...0.7, using: &random)
    return (there, roundTrip - there)
  }

  /// Source: Box and Muller, A Note on the Generation of Random Normal Deviates (1958).
  private static func lognormal(
    median: Double, sigma: Double, _ random: inout SplitMix64
  ) -> Double {
    let radius = (-2 * log(1 - Double.random(in: 0..<1, using: &random))).squareRoot()
    let normal = radius * cos(2 * .pi * Double.random(in: 0..<1, using: &random))
    return median * exp(sigma * normal)
  }
}
