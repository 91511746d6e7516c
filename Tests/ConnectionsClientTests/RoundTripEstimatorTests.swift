import ConnectionsClient
import Testing

@Suite struct RoundTripEstimatorTests {
  private func estimate(_ roundTrips: [Double]) -> RoundTripEstimator {
    var link = RoundTripEstimator()
    for roundTrip in roundTrips { link.observe(roundTrip) }
    return link
  }

  @Test func startsWithoutAHeadStart() {
    let link = RoundTripEstimator()
    #expect(link.headStart == 0)
    #expect(link.overlapMargin == 2)
  }

  /// What is sure from the start is used soon, and the rest when enough is known.
  @Test func fewRoundTripsGiveALittleHeadStart() {
    let starts = [2, 3, 7, 8].map { estimate(Array(repeating: 0.25, count: $0)).headStart }
    #expect(starts[0] == 0)
    #expect((0.09...0.15).contains(starts[1]), "\(starts)")
    #expect((0.15...0.19).contains(starts[2]), "\(starts)")
    #expect((0.19...0.22).contains(starts[3]), "\(starts)")
  }

  /// Round trips to a near server are no measure of the link: they tell how busy the machine is.
  @Test func fewShortRoundTripsGiveNoHeadStart() {
    #expect(estimate([0.03, 0.025, 0.028, 0.03, 0.03, 0.027, 0.029]).headStart == 0)
  }

  @Test func marginShrinksWithTheSamples() {
    let starts = [10, 100, 1000, 10_000].map { count in
      estimate((0..<count).map { 0.2 + 0.01 * Double($0 % 11) }).headStart
    }
    #expect(starts == starts.sorted())
    #expect(starts.allSatisfy { $0 < 0.2 })
    #expect(starts[3] > 0.195)
  }

  @Test func estimatesMeanAndDeviation() {
    let link = estimate((0..<1000).map { $0 % 2 == 0 ? 0.1 : 0.3 })
    #expect(abs(link.mean - 0.2) < 1e-9)
    #expect(abs(link.deviation - 0.1) < 0.001)
    #expect(link.shortest == 0.1)
  }

  @Test func ignoresInvalidTimes() {
    #expect(estimate([.nan, .infinity, -1]) == RoundTripEstimator())
  }

  @Test func linkWithoutJitterNeedsAlmostNoMargin() {
    #expect(estimate(Array(repeating: 0.25, count: 10_000)).overlapMargin < 0.01)
  }
}
