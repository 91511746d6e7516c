import Evaluation
import Planning
import Text

/// What a run has done so far.
package struct RunReport: Sendable {
  /// List calls that were sent.
  package internal(set) var lists = 0
  /// Other calls that were sent.
  var writeCalls = 0
  package internal(set) var tally = Tally()
  var problems = ProblemList()
  /// A writing pipeline had no row to act on.
  package internal(set) var hadNothingToDo = false
  /// The last plan that a person was shown.
  package internal(set) var proposed: RecordedPlan?
  /// Why no further call was sent.
  package internal(set) var stop: RunError?
  /// The seconds that the writes were expected to take.
  var forecast = 0.0
  /// The seconds that they took.
  var writingTime = 0.0
  /// `true` iff the run was begun by another process: what ends it now may be mended.
  private(set) var goesOn = false
  /// Of such a run, how many writes the journal has begun, and how many of them are in doubt.
  private var recorded = (writes: 0, doubts: 0)
  /// `true` iff the journal does not say that the run has ended.
  var hasNoEnd = false
  /// Targets that a plan left alone, because they are no longer as it found them.
  package internal(set) var drifted = 0
  var start = 0.0

  package init() {}

  mutating func take(_ executor: Executor) {
    tally = executor.tally
    problems = executor.problems
    drifted = max(drifted, executor.drifted)
    stop = stop ?? executor.stop
  }

  /// Takes in what the journal of a run that goes on tells of writes that this part of it did not
  /// come to.
  mutating func take(_ recorder: JournalWriter?) {
    guard let recorder, recorder.goesOn else { return }
    goesOn = true
    recorded = (recorder.writes.count, recorder.doubts)
  }

  /// `true` iff a write is in doubt.
  package var hasDoubts: Bool { tally.count(.unknown) > 0 || recorded.doubts > 0 }

  /// `true` iff nothing is left to go on with: going on would end in the same way.
  package func isComplete(after error: RunError?) -> Bool {
    guard stop == nil, !hasDoubts else { return false }
    guard let error else { return true }
    let final: [ExitCode] = [.usage, .notConfirmed, .guardRefused]
    return !goesOn && final.contains(error.exitCode)
  }

  /// The exit code of a run that `error` ended early; a write in doubt outweighs all else.
  package func exitCode(after error: RunError?) -> ExitCode {
    if tally.count(.unknown) > 0 { return .inDoubt }
    if let error {
      guard error.exitCode.saysUnchanged, tally.sent > 0 || recorded.writes > 0 else {
        return error.exitCode
      }
      return hasDoubts ? .inDoubt : .someFailed
    }
    if drifted > 0 { return .stalePlan }
    let failed = [Outcome.Kind.rejected, .failed, .gone, .skipped].map(tally.count).reduce(0, +)
    return failed > 0 ? .someFailed : hasNoEnd ? .internalError : .success
  }

  /// The last line on stderr; `nil` where a run of reads has nothing to say.
  package func sentence(_ mode: RunMode, at now: Double, after error: RunError? = nil) -> String? {
    switch mode {
    case .dryRun: return "Dry run: nothing was sent."
    case .preview: return "Preview: \(gets), nothing was changed."
    case .planning: return "Plan: \(gets), nothing was changed."
    case .live: return liveSentence(now - start, error)
    }
  }

  /// What was not done, by outcome and reason: a line each.
  package var problemLines: [String] { problems.lines }

  package func seconds(at now: Double) -> Double { now - start }

  /// How the time that the writes took compares to the one foretold; `nil` where they were few.
  package var comparison: String? {
    guard forecast >= Self.longEnough else { return nil }
    return
      "The writes took \(DurationText.text(writingTime)); \(DurationText.text(forecast)) had been "
      + "forecast."
  }

  private static let longEnough = 10.0

  private var gets: String { lists == 1 ? "1 GET was sent" : "\(lists) GETs were sent" }

  private func liveSentence(_ seconds: Double, _ error: RunError?) -> String? {
    guard tally.total > 0 else {
      return hadNothingToDo ? "Nothing to do: no connection needs a change." : nil
    }
    let calls = writeCalls + lists
    let duration = "\(Int(seconds.rounded())) s"
    let head =
      (stop ?? error).map { "Stopped (\($0.message.escapingHiddenCharacters()))" } ?? "Done"
    return "\(head): \(tally.words), \(calls) call\(calls == 1 ? "" : "s"), \(duration)."
  }
}
