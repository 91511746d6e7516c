import Evaluation
import Testing

@testable import Execution

struct ProgressLineTests {
  /// One call per second: the seconds that a number of calls take.
  private func forecast(_ calls: Int) -> Double { Double(max(0, calls - 1)) }

  private func tally(done: Int, rejected: Int = 0, recalled: Int = 0) -> Tally {
    var tally = Tally()
    for number in 0..<done {
      tally.add(.disconnect, .done, wasSent: true, wasRecalled: number < recalled)
    }
    for _ in 0..<rejected { tally.add(.disconnect, .rejected, wasSent: true) }
    return tally
  }

  private static let start = ProgressLine.Start(tally: Tally(), time: 10)

  @Test func showsAllCounts() {
    var progress = ProgressLine(total: 480, start: Self.start)
    progress.action = .disconnect
    #expect(
      progress.line(tally(done: 130, rejected: 2), at: 142, forecast: forecast)
        == "disconnect 132/480 27% 1.00/s ETA 5m48s · 130 done 2 rejected")
  }

  /// The first call waits for none before it.
  @Test func firstCallPromisesNoMoreThanThePace() {
    let progress = ProgressLine(total: 6, start: Self.start)
    #expect(
      progress.line(tally(done: 1), at: 10.01, forecast: forecast)
        == "update 1/6 16% 1.00/s ETA 5s · 1 done")
  }

  @Test func measuresASlowServer() {
    let progress = ProgressLine(total: 6, start: Self.start)
    #expect(
      progress.line(tally(done: 2), at: 18, forecast: forecast)
        == "update 2/6 33% 0.25/s ETA 16s · 2 done")
  }

  /// The calls of an earlier part of the run say nothing about the current rate.
  @Test func ignoresThePaceOfRecalledWrites() {
    let progress = ProgressLine(total: 6, start: Self.start)
    #expect(
      progress.line(tally(done: 3, recalled: 3), at: 10.01, forecast: forecast)
        == "update 3/6 50% 0.00/s ETA 2s · 3 done")
  }
}
