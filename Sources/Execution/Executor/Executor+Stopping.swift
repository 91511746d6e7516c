import Evaluation
import Planning
import Text

/// Ends a run early, and decides the outcomes of the remaining writes.
extension Executor {
  /// Settles every open call: skipped if it was never sent, in doubt if it may have been applied.
  mutating func concludeUnsent() -> Step? {
    for index in firstOpen..<nextRow {
      switch rows[index].phase {
      case .ready where rows[index].doubt == nil:
        conclude(index, Outcome(.skipped, "not tried: \(stop?.message ?? "")"))
      case .ready: concludeInDoubt(index)
      case .listing where !mayStillReconcile(rows[index]): concludeInDoubt(index)
      case .confirming where isHardStop: conclude(index, .unconfirmed)
      default: continue
      }
    }
    return storing()
  }

  /// `true` iff lists may still be used to resolve the row: not after Ctrl-C, the deadline, a disk
  /// that fails, or a rejected token.
  private func mayStillReconcile(_ row: ExecutorRow) -> Bool {
    !isHardStop && stop?.exitCode != .authentication
  }

  /// Stops sending; the first reason is kept.
  mutating func halt(_ reason: RunError, isHard: Bool = false) {
    stop = stop ?? reason
    if isHard { isHardStop = true }
  }

  // MARK: What is left

  /// Adds the remaining rows to the tally and returns them.
  mutating func finish() -> [ExecutorRow] {
    let left = rows.filter { !$0.isClosed }
    for row in left {
      tally.add(row.write.action, self.left(row).kind)
      problems.add(self.left(row), to: row.write)
    }
    return left
  }

  /// Stops after a stage with writes in doubt, because later stages may depend on them.
  mutating func stopBehindDoubt() {
    let count = tally.count(.unknown)
    guard count > 0 else { return }
    halt(
      RunError(
        .inDoubt, count.counted("write is in doubt", "writes are in doubt"),
        help: "conn resume checks the list and continues"))
  }

  /// Outcome of a write that this process did not start: the journal's, if an earlier process sent it.
  func left(_ row: ExecutorRow) -> Outcome {
    if let known = row.known { return known }
    guard let recorded = history[row.number] else { return untried }
    guard let outcome = recorded.outcome else {
      return Outcome(.unknown, "the run ended before the answer was recorded")
    }
    return outcome.isFinal || outcome.kind == .unknown ? outcome.outcome : untried
  }

  private var untried: Outcome {
    Outcome(.skipped, "not tried: \(stop?.message ?? "the run ended")")
  }
}
