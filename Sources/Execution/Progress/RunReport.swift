import Evaluation
import Language
import Planning
import Text

/// The results of a run so far.
package struct RunReport: Sendable {
  package internal(set) var lists = 0
  var writeCalls = 0
  package internal(set) var tally = Tally()
  var problems = ProblemList()
  /// `true` iff a pipeline that writes had nothing to change.
  package internal(set) var hadNothingToDo = false
  /// `true` iff that was so because no pipeline that writes selected a row.
  var selectedNothing = true
  /// The pipelines whose conditions no row satisfied.
  package internal(set) var emptySelections: [SourceSpan] = []
  /// The last plan shown to the user.
  package internal(set) var proposed: Plan?
  /// The reason no further call was sent.
  package internal(set) var stop: RunError?
  /// Estimated duration of the writes in seconds.
  var forecast = 0.0
  /// Actual duration of the writes in seconds.
  var writingTime = 0.0
  /// `true` iff this process resumed the run; whatever ends it now may be fixable.
  private(set) var isResumed = false
  /// `true` iff the run was stopped when it had nothing more to do.
  private var isExhausted = false
  /// Number of writes in a resumed run's journal, and how many of them are in doubt.
  private var recorded = (writes: 0, doubts: 0)
  /// `true` iff the end of the run could not be recorded.
  var hasNoEnd = false
  /// Number of targets skipped because they changed after the plan was made.
  package internal(set) var drifted = 0
  var start = 0.0

  package init() {}

  mutating func include(_ executor: Executor) {
    tally = executor.tally
    problems = executor.problems
    drifted = max(drifted, executor.drifted)
    stop = stop ?? executor.stop
  }

  /// Adds what the journal holds: of a resumed run, the writes that this process did not reach. `error`
  /// ended the run, at its end iff `isAtEnd` is `true`.
  mutating func include(
    _ replay: Replay?, after error: RunError? = nil, atEnd isAtEnd: Bool = false
  ) {
    guard let replay else { return }
    isExhausted =
      isAtEnd && error?.message == stop?.message && tally.count(.skipped) == 0
      && !replay.writes.isEmpty && replay.writes.values.allSatisfy { $0.outcome?.isFinal == true }
    guard replay.isResumed else { return }
    isResumed = true
    recorded = (replay.writes.count, replay.doubts)
  }

  package var hasDoubts: Bool { tally.count(.unknown) > 0 || recorded.doubts > 0 }

  /// `true` iff there is nothing to resume, because a resumed run would end in the same way.
  package func isComplete(after error: RunError?) -> Bool {
    guard stop == nil || isExhausted, !hasDoubts else { return false }
    guard let error, !isExhausted else { return true }
    let final: [ExitCode] = [.usage, .notConfirmed, .guardRefused]
    return !isResumed && final.contains(error.exitCode)
  }

  /// The exit code of a run that `error` ended early; a write in doubt takes precedence.
  package func exitCode(after error: RunError?) -> ExitCode {
    if tally.count(.unknown) > 0 { return .inDoubt }
    if let error {
      guard error.exitCode.saysUnchanged, tally.sent > 0 || recorded.writes > 0 else {
        return error.exitCode
      }
      return hasDoubts ? .inDoubt : .someFailed
    }
    if drifted > 0 { return .stalePlan }
    let failed =
      [Outcome.Kind.rejected, .failed, .gone, .skipped].map(tally.count)
      .reduce(tally.failedLogins, +)
    return failed > 0 ? .someFailed : hasNoEnd ? .internalError : .success
  }

  /// The last line on stderr; `nil` for a run that only read.
  package func sentence(_ mode: RunMode, at now: Double, after error: RunError? = nil) -> String? {
    switch mode {
    case .dryRun: return "Dry run: nothing was sent."
    case .preview: return "Preview: \(gets), nothing was changed."
    case .planning: return "Plan: \(gets), nothing was changed."
    case .live: return liveSentence(now - start, error)
    }
  }

  /// The writes that were not done, one line per outcome and reason.
  package var problemLines: [String] { problems.lines }

  package func seconds(at now: Double) -> Double { now - start }

  /// Compares actual and estimated duration; `nil` if the estimate was under 10 s.
  package var comparison: String? {
    guard forecast >= Self.longEnough else { return nil }
    return
      "Took \(DurationText.text(writingTime)) (estimated \(DurationText.text(forecast)))."
  }

  private static let longEnough = 10.0

  /// The reason why a script with writes has none to send.
  var reasonForNothing: String {
    selectedNothing
      ? "Nothing matched: no connection was selected."
      : "Nothing to do: no connection needs a change."
  }

  private var gets: String { lists.counted("GET was sent", "GETs were sent") }

  private func liveSentence(_ seconds: Double, _ error: RunError?) -> String? {
    guard tally.total > 0 else { return hadNothingToDo ? reasonForNothing : nil }
    let calls = writeCalls + lists
    let duration = "\(Int(seconds.rounded())) s"
    let head =
      (stop ?? error).map { "Stopped (\($0.message.escapingHiddenCharacters()))" } ?? "Done"
    return "\(head): \(tally.summary), \(calls.counted("call")), \(duration)."
  }
}
