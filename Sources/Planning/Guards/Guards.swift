import Evaluation
import Language

/// Limits on what a run may write, judged on the whole selection before its first write.
package struct Guards: Sendable {
  /// Exactly so many rows.
  package var expected: Int?
  /// At most so many writes in the run.
  package var maxWrites: Int?
  /// At most so many percent of the workspace.
  package var maxPercent: Int?
  /// Answers the confirmation.
  package var confirmed = false
  /// A plan that a person has seen, and lets go on without being shown it again.
  package var agreed: RecordedPlan?
  /// What the profile demands, beside the options.
  package var profile: ProfileGuards?

  package init() {}

  /// Throws with exit 5 where a limit is passed.
  package func check(_ plan: WritePlan, sentBefore: Int) throws(RunError) {
    if let expected, plan.selected != expected {
      throw RunError(
        .guardRefused, "--expect \(expected), but \(plan.selected) rows are selected")
    }
    if let limit = writeLimit, sentBefore + plan.writes.count > limit.value {
      let before = sentBefore > 0 ? " after \(sentBefore) before" : ""
      throw RunError(
        .guardRefused, "\(limit.words), but \(plan.writes.count) are planned\(before)")
    }
    try checkPercent(plan, sentBefore)
  }

  private func checkPercent(_ plan: WritePlan, _ sentBefore: Int) throws(RunError) {
    guard let limit = percentLimit else { return }
    guard let population = plan.population else {
      throw RunError(
        .guardRefused, "--max-percent needs the size of the workspace, and nothing was listed",
        help: "use --max-writes, or select with `list`")
    }
    if (sentBefore + plan.targets) * 100 > min(limit.value, 100) * population.count {
      let before = sentBefore > 0 ? " after \(sentBefore) writes before" : ""
      throw RunError(
        .guardRefused,
        "\(limit.words), but \(plan.targets) of \(population.count) are selected"
          + before)
    }
  }

  /// `true` iff the number of writes is bounded where no person is asked. The limits of a profile
  /// are standing ones, and say nothing of this run.
  package func bound(_ bound: RowBound) -> Bool {
    if case .atMost = bound { return true }
    return expected != nil || maxWrites != nil
  }
}

extension Guards {
  /// A number that must not be passed, and who says so.
  fileprivate struct Limit {
    let value: Int
    /// `--max-writes 3`, or `max_writes = 3` of a profile.
    let words: String
  }

  /// The stricter one of option and profile.
  fileprivate var writeLimit: Limit? {
    stricter("--max-writes", maxWrites, "max_writes", profile?.maxWrites)
  }

  fileprivate var percentLimit: Limit? {
    stricter("--max-percent", maxPercent, "max_percent", profile?.maxPercent)
  }

  private func stricter(_ option: String, _ given: Int?, _ key: String, _ standing: Int?) -> Limit?
  {
    if let standing, let profile, standing < given ?? .max {
      return Limit(
        value: standing, words: "`\(key) = \(standing)` of the profile `\(profile.name)`")
    }
    return given.map { Limit(value: $0, words: "\(option) \($0)") }
  }
}
