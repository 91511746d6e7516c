import Evaluation
import Planning
import Text

/// Ends a run early, and decides the outcomes of the remaining writes.
extension Executor {
  /// Settles every open call: skipped if it was never sent, in doubt if it may have been applied.
  mutating func concludeUnsent() -> Step? {
    for index in firstOpen..<nextCall {
      switch calls[index].phase {
      case .ready where calls[index].doubt == nil:
        conclude(index, Outcome(.skipped, "not tried: \(stop?.message ?? "")"))
      case .ready: concludeInDoubt(index)
      // No list may be used after Ctrl-C, the deadline, a disk that fails, or a rejected token.
      case .listing where isHardStop || stop?.exitCode == .authentication: concludeInDoubt(index)
      case .confirming where isHardStop: conclude(index, .unconfirmed)
      default: continue
      }
    }
    return storing()
  }

  /// Stops sending; the first reason is kept.
  mutating func halt(_ reason: RunError, isHard: Bool = false) {
    stop = stop ?? reason
    if isHard { isHardStop = true }
  }

  /// Sends nothing, for this reason, but looks up the writes in doubt.
  package mutating func lookUpOnly(because reason: RunError) {
    halt(reason)
    isLookingUp = true
  }

  // MARK: What is left

  /// Adds the writes that have no outcome yet to the tally, and returns them with the outcome that
  /// they get now.
  mutating func finish() -> [(write: PlannedWrite, outcome: Outcome)] {
    let left = calls.filter { !$0.isClosed }.flatMap { call in
      call.writes.map { ($0, self.left($0, call.known)) }
    }
    for (write, outcome) in left {
      tally.add(write.action, outcome.kind)
      problems.add(outcome, to: write)
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
  func left(_ write: PlannedWrite, _ known: Outcome?) -> Outcome {
    if let known { return known }
    guard let recorded = history[write.number] else { return untried }
    guard let outcome = recorded.outcome else {
      return Outcome(.unknown, "the run ended before the answer was recorded")
    }
    return outcome.isFinal || outcome.kind == .unknown ? outcome.outcome : untried
  }

  private var untried: Outcome {
    Outcome(.skipped, "not tried: \(stop?.message ?? "the run ended")")
  }
}
