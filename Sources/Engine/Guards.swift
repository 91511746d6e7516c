import Language

/// Limits on what a run may write, judged on the whole selection before its first write.
package struct Guards: Sendable {
  /// Exactly so many rows.
  package var expected: Int?
  /// At most so many writes in the run.
  package var mostWrites: Int?
  /// At most so many percent of the workspace.
  package var mostPercent: Int?
  /// Answers the confirmation.
  package var confirmed = false

  package init() {}

  /// Throws with exit 5 where a limit is passed.
  func check(_ plan: WritePlan, sentBefore: Int) throws(RunError) {
    if let expected, plan.selection.count != expected {
      throw RunError(
        .guardRefused, "--expect \(expected), but \(plan.selection.count) rows are selected")
    }
    if let mostWrites, sentBefore + plan.writes.count > mostWrites {
      let before = sentBefore > 0 ? " after \(sentBefore) before" : ""
      throw RunError(
        .guardRefused, "--max-writes \(mostWrites), but \(plan.writes.count) are planned\(before)")
    }
    try checkPercent(plan, sentBefore)
  }

  private func checkPercent(_ plan: WritePlan, _ sentBefore: Int) throws(RunError) {
    guard let mostPercent else { return }
    guard let population = plan.population else {
      throw RunError(
        .guardRefused, "--max-percent needs the size of the workspace, and nothing was listed",
        help: "use --max-writes, or select with `list`")
    }
    if (sentBefore + plan.targets) * 100 > mostPercent * population.count {
      let before = sentBefore > 0 ? " after \(sentBefore) writes before" : ""
      throw RunError(
        .guardRefused,
        "--max-percent \(mostPercent), but \(plan.targets) of \(population.count) are selected"
          + before)
    }
  }

  /// `true` iff the number of writes is bounded where no person is asked.
  func bound(_ bound: RowBound) -> Bool {
    if case .atMost = bound { return true }
    return expected != nil || mostWrites != nil
  }
}
