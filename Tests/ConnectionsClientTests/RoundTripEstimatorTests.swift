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

  @Test func fewRoundTripsGiveNoHeadStart() {
    #expect(estimate(Array(repeating: 0.25, count: 7)).headStart == 0)
    #expect(estimate(Array(repeating: 0.25, count: 8)).headStart > 0.1)
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
