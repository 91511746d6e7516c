import Language
import Testing

@testable import Execution
@testable import Planning

@Suite struct RunReportTests {
  @Test func comparesTheTimeWithTheForecast() {
    var report = RunReport()
    (report.forecast, report.writingTime) = (38, 61)
    #expect(report.comparison == "Took about 61 s (estimated about 38 s).")
    report.forecast = 9
    #expect(report.comparison == nil)
  }

  /// A limit of more than 100 percent has no effect.
  @Test func ignoresLimitsOverOneHundredPercent() throws {
    var guards = Guards()
    guards.maxPercent = .max
    let plan = Plan.Part(
      location: ScriptLocation(file: "", line: 0, column: 0), selected: 1,
      population: Samples.connections.count, writes: [])
    try guards.check(Plan([plan]), sentBefore: 3)
  }
}
