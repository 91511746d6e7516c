import Evaluation
import JSON
import Planning

extension RunEvent {
  /// `exit` is the program's exit code, which may also report an output error.
  package static func summary(
    _ report: RunReport, exit: ExitCode, after error: RunError?, run: String?, sentence: String?,
    seconds: Double
  ) -> RunEvent {
    let kinds = Outcome.Kind.allCases.filter { report.tally.count($0) > 0 }
    return RunEvent(
      .summary, .int(Int64(exit.rawValue)), (run == nil || report.isComplete(after: error)).json,
      run.json, sentence.json, .members(kinds.map { ($0.rawValue, report.tally.count($0).json) }),
      report.lists.json, .seconds(seconds))
  }
}
