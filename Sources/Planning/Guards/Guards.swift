import Evaluation
import Language
import Text

/// Limits on what a run may write. They are checked against the whole selection before its first
/// write, so that a refusal never leaves a pipeline half done.
package struct Guards: Sendable {
  /// `--expect`: the exact number of rows that must be selected.
  package var expected: Int?
  /// `false` iff the script has several selections, so that `--expect` would be ambiguous.
  package var takesExpected = true
  /// `--max-writes`: the maximum number of writes in the run.
  package var maxWrites: Int?
  /// `--max-percent`: the maximum share of the workspace that may be written, in percent.
  package var maxPercent: Int?
  /// `true` with `--fail-on-empty`: a selection without rows is refused.
  package var failsOnEmpty = false
  /// `true` with `--yes`: no confirmation is asked for.
  package var confirmed = false
  /// A plan that a person has already seen and approved; it runs without being shown again.
  package var agreed: Plan?
  /// The limits of the profile, in addition to the options.
  package var profile: ProfileGuards?

  package init() {}

  /// Throws with exit code 5 if the plan exceeds a limit. `sentBefore` counts the run's earlier
  /// writes.
  package func check(_ plan: Plan, sentBefore: Int) throws(RunError) {
    try checkSelection(plan)
    try checkCount(plan, sentBefore: sentBefore)
    try checkPercent(plan, sentBefore: sentBefore)
  }

  package func checkSelection(_ plan: Plan) throws(RunError) {
    guard let expected, let part = plan.parts.first(where: { $0.selected != expected }) else {
      return
    }
    throw RunError(
      .guardRefused,
      "--expect \(expected), but \(part.selected.counted("row is", "rows are")) selected")
  }

  package func checkCount(_ plan: Plan, sentBefore: Int) throws(RunError) {
    let count = plan.writes.count
    guard let limit = writeLimit, sentBefore + count > limit.value else { return }
    throw RunError(
      .guardRefused,
      "\(limit.text), but \(count.counted("is", "are")) planned\(behind(sentBefore))")
  }

  package func checkPercent(_ plan: Plan, sentBefore: Int) throws(RunError) {
    guard let limit = percentLimit, !plan.isEmpty else { return }
    guard let population = plan.parts.compactMap(\.population).max() else {
      throw RunError(
        .guardRefused, "--max-percent needs the size of the workspace, but nothing was listed",
        help: "use --max-writes, or select with `list`")
    }
    let targets = plan.writes.targetCount
    if (sentBefore + targets) * 100 > min(limit.value, 100) * population {
      throw RunError(
        .guardRefused,
        "\(limit.text), but \(targets) of \(population) \(targets.agreeing("is", "are")) selected"
          + behind(sentBefore))
    }
  }

  private func behind(_ sent: Int) -> String { sent > 0 ? " after \(sent) already sent" : "" }

  /// Returns the required confirmation: the profile's name in production, otherwise what the plan
  /// requires.
  package func challenge(for plan: Plan, _ host: String) -> ConfirmationChallenge {
    guard let profile, profile.isProduction else { return plan.challenge(host) }
    return .name(profile.name)
  }

  /// The options that bound the number of writes.
  package var boundOptions: String {
    takesExpected ? "--max-writes N or --expect N" : "--max-writes N"
  }

  /// Returns `true` iff the number of writes is bounded, which is required if no person is asked.
  /// The limits of a profile don't count: they hold for every run and say nothing about this one.
  package func bound(_ bound: RowBound) -> Bool {
    if case .atMost = bound { return true }
    return expected != nil || maxWrites != nil
  }
}

extension Guards {
  /// The guards that are set, in the words of who set them; `nil` for one that isn't.
  package var selectionText: String? { expected.map { "--expect \($0)" } }
  package var countText: String? { writeLimit?.text }
  package var percentText: String? { percentLimit?.text }
  package var protectionText: String? {
    profile.flatMap { $0.protection == nil ? nil : "`protect` of the profile `\($0.name)`" }
  }

  /// A maximum, and where it comes from: `--max-writes 3`, or `` `max_writes = 3` of the profile … ``.
  fileprivate typealias Limit = (value: Int, text: String)

  /// The stricter of the option and the profile's setting.
  fileprivate var writeLimit: Limit? {
    stricter("--max-writes", maxWrites, "max_writes", profile?.maxWrites)
  }

  fileprivate var percentLimit: Limit? {
    stricter("--max-percent", maxPercent, "max_percent", profile?.maxPercent)
  }

  private func stricter(_ option: String, _ given: Int?, _ key: String, _ standing: Int?) -> Limit?
  {
    if let standing, let profile, standing < given ?? .max {
      return (standing, "`\(key) = \(standing)` of the profile `\(profile.name)`")
    }
    return given.map { ($0, "\(option) \($0)") }
  }
}
