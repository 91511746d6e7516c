import Evaluation
import JSON

extension RunEvent {
  /// `exit` is the program's exit code, which may also report an output error.
  package static func summary(
    _ report: RunReport, exit: ExitCode, after error: RunError?, run: String?, sentence: String?,
    seconds: Double
  ) -> RunEvent {
    let kinds = Outcome.Kind.allCases.filter { report.tally.count($0) > 0 }
    return RunEvent(
      .summary,
      [
        ("exit", .int(Int64(exit.rawValue))),
        ("complete", .bool(run == nil || report.isComplete(after: error))),
        ("run", run.map(JSON.string) ?? .null), ("sentence", sentence.map(JSON.string) ?? .null),
        (
          "outcomes",
          .object(
            JSON.Object(kinds.map { ($0.rawValue, .int(Int64(report.tally.count($0)))) }))
        ),
        ("lists", .int(Int64(report.lists))), ("seconds", .seconds(seconds)),
      ])
  }
}
