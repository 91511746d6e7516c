import Evaluation
import Planning

/// How a run ends before all of its writes are done, and what is said of those that are left.
extension Executor {
  /// Ends what has not left; what may have been done stays in doubt.
  mutating func settleUnsent() -> Step? {
    for place in firstOpen..<nextRow {
      switch rows[place].phase {
      case .ready where rows[place].doubt == nil:
        settle(place, Outcome(.skipped, "not tried: \(stop?.message ?? "")"))
      case .ready: settleInDoubt(place)
      case .listing where !mayStillReconcile(rows[place]): settleInDoubt(place)
      case .confirming where isHardStop: settle(place, .unconfirmed)
      default: continue
      }
    }
    return storing()
  }

  /// Lists may still tell what became of a call, unless a person, the clock or the disk ends the run.
  private func mayStillReconcile(_ row: ExecutorRow) -> Bool {
    !isHardStop && stop?.exitCode != .authentication
  }

  /// The first reason counts.
  mutating func halt(_ reason: RunError, isHard: Bool = false) {
    stop = stop ?? reason
    if isHard { isHardStop = true }
  }

  // MARK: What is left

  /// Counts the writes that were not begun; their outcomes are known then.
  mutating func finish() -> [ExecutorRow] {
    let left = rows.filter { !$0.isClosed }
    for row in left {
      tally.add(row.write.action, self.left(row).kind)
      problems.add(self.left(row), to: row.write)
    }
    return left
  }

  /// What comes behind a write in doubt may hang on it: it is left for when that is known.
  mutating func stopBehindDoubt() {
    let count = tally.count(.unknown)
    guard count > 0 else { return }
    halt(
      RunError(
        .inDoubt, count == 1 ? "1 write is in doubt" : "\(count) writes are in doubt",
        help: "conn resume looks at the list, and goes on"))
  }

  /// What is said of a write that was not begun: what the journal says of it, where it was sent by
  /// a run before.
  func left(_ row: ExecutorRow) -> Outcome {
    if let known = row.known { return known }
    guard let recorded = history[row.number] else { return untried }
    guard let outcome = recorded.outcome else {
      return Outcome(.unknown, "the run ended before its answer was stored")
    }
    return outcome.isFinal || outcome.kind == .unknown ? outcome.outcome : untried
  }

  private var untried: Outcome {
    Outcome(.skipped, "not tried: \(stop?.message ?? "the run ended")")
  }
}
