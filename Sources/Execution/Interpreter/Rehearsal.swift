import Evaluation
import Planning

/// The verdict of a run that writes nothing on what a real run would do.
///
/// A refusal doesn't end such a run: it shows everything first.
struct Rehearsal: Sendable {
  /// `true` iff a failed `expect` is kept as a refusal; otherwise it ends the run.
  var defersChecks = false
  private(set) var refusal: RunError?
  /// The guards that can't be judged without the server.
  private(set) var unchecked: [String] = []
  var writes = false
  var isUnbounded = false
  /// The writes that a real run would send in any case, as far as they are known.
  var plan = Plan()
  var loops = 0
  /// The number of blocks around the statement of which it is unknown whether they run.
  var uncertainBlocks = 0

  mutating func refuse(_ error: RunError?) { refusal = refusal ?? error }

  /// Throws with exit 5 if the writes exceed a limit; a dry run checks only what it knows.
  func check(_ guards: Guards, _ isDryRun: Bool) throws(RunError) {
    guard isDryRun else { return try guards.check(plan, sentBefore: 0) }
    try guards.checkCount(plan, sentBefore: 0)
    if let text = guards.percentText, unchecked.contains(text) { return }
    try guards.checkPercent(plan, sentBefore: 0)
  }

  mutating func leaveUnchecked(_ text: String?) {
    if let text, !unchecked.contains(text) { unchecked.append(text) }
  }
}

extension RunError {
  static func thrown(by check: () throws(RunError) -> Void) -> RunError? {
    do throws(RunError) { try check() } catch { return error }
    return nil
  }

  /// A refusal in the words of a run that writes nothing.
  var asRehearsed: RunError { exitCode == .guardRefused ? asRefusal : self }

  var asRefusal: RunError {
    RunError(exitCode, "would be refused: \(message)", help: help, at: span)
  }
}
