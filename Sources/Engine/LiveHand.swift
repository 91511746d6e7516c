import ConnectionsClient
import Language

/// Sends the writes of a confirmed plan, and no others, one after the other.
struct LiveHand: WriteHand {
  private let writer: any ConnectionWriter
  private let context: RunContext
  /// How often each call may still be sent.
  private var planned: [WriteCall: Int] = [:]
  /// How often each stage may still act on connections which the same pipeline creates.
  private var plannedOnCreated: [SourceSpan: Int] = [:]
  private var created: Set<Int64> = []
  private var failuresInARow = 0
  private var refusalsInARow = 0
  private var progress: Progress
  /// Why no further call is sent.
  private(set) var stop: RunError?
  private(set) var tally = Tally()

  init(_ plan: WritePlan, _ writer: any ConnectionWriter, _ context: RunContext) {
    self.writer = writer
    self.context = context
    progress = Progress(total: plan.writes.count, start: context.uptime())
    for write in plan.writes {
      if let id = write.call.id, id < 0 {
        plannedOnCreated[write.span, default: 0] += 1
      } else {
        planned[write.call, default: 0] += 1
      }
    }
  }

  mutating func carryOut(_ write: PlannedWrite) async -> Outcome {
    if stop == nil, context.isInterrupted() { stop = Interpreter.interruption }
    if let stop { return note(write, Outcome(.skipped, "not tried: \(stop.message)")) }
    guard takeFromPlan(write) else {
      return note(write, Outcome(.skipped, "not in the plan that was confirmed"))
    }
    let attempt = await writer.perform(write.call)
    let outcome = Outcome(attempt, of: write)
    if case .create = write.call, let id = outcome.connection?.id { created.insert(id) }
    judge(attempt, outcome)
    return note(write, outcome, wasSent: attempt.wasSent)
  }

  /// Returns `true` iff the plan holds the call, and not more often than it was sent already.
  private mutating func takeFromPlan(_ write: PlannedWrite) -> Bool {
    if let id = write.call.id, created.contains(id) {
      return plannedOnCreated.takeOne(write.span)
    }
    return planned.takeOne(write.call)
  }

  private mutating func note(_ write: PlannedWrite, _ outcome: Outcome, wasSent: Bool = false)
    -> Outcome
  {
    tally.add(write.action, outcome.kind, wasSent: wasSent)
    context.output.progress(progress.line(write.action, tally, at: context.uptime()))
    return outcome
  }

  // MARK: When to stop

  private mutating func judge(_ attempt: Attempt, _ outcome: Outcome) {
    let failed = [.failed, .unknown, .rejected, .gone].contains(outcome.kind)
    failuresInARow = failed ? failuresInARow + 1 : 0
    refusalsInARow = attempt.isForbidden ? refusalsInARow + 1 : 0
    stop = stopReason(attempt, failed: failed)
    if stop == nil, context.isInterrupted() { stop = Interpreter.interruption }
  }

  private func stopReason(_ attempt: Attempt, failed: Bool) -> RunError? {
    switch attempt {
    case .cancelled: return Interpreter.interruption
    case .notSent(let reason): return RunError(ClientError.network(reason))
    case .rejected(let rejection):
      if let error = stopReason(rejection) { return error }
    case .applied, .unknown: break
    }
    if failed, context.failures.stopsAtFirst {
      return RunError(.someFailed, "a row failed, and --on-error is stop")
    }
    if failed, failuresInARow >= max(1, context.failures.limit) {
      return RunError(.limited, "\(failuresInARow) rows failed in a row")
    }
    return nil
  }
}

extension LiveHand {
  private func stopReason(_ rejection: Rejection) -> RunError? {
    switch rejection.kind {
    case .unauthorized: RunError(ClientError.unauthorized(rejection.message))
    case .forbidden where tally.total == 0 || refusalsInARow >= 3:
      RunError(ClientError.forbidden(rejection.message))
    case .limited: RunError(ClientError.limited(retryAfter: nil))
    default: nil
    }
  }
}

extension Dictionary where Value == Int {
  /// Returns `false` where none is left.
  fileprivate mutating func takeOne(_ key: Key) -> Bool {
    guard let left = self[key], left > 0 else { return false }
    self[key] = left - 1
    return true
  }
}

extension Attempt {
  fileprivate var wasSent: Bool {
    switch self {
    case .notSent, .cancelled: false
    case .rejected, .applied, .unknown: true
    }
  }

  fileprivate var isForbidden: Bool {
    if case .rejected(let rejection) = self { rejection.kind == .forbidden } else { false }
  }
}

/// `disconnect 132/480 27% 1.00/s ETA 5m48s · 130 done 2 rejected`
private struct Progress {
  let total: Int
  let start: Double

  func line(_ action: WriteKind, _ tally: Tally, at now: Double) -> String {
    let count = tally.total
    let elapsed = max(now - start, 0.001)
    let rate = Double(count) / elapsed
    let left = TimeSpan(microseconds: Int64(Double(max(0, total - count)) / rate) * 1_000_000)
    let percent = total > 0 ? min(100, count * 100 / total) : 100
    let kinds: [Outcome.Kind] = [.done, .rejected, .failed, .gone, .unknown, .skipped]
    let outcomes = kinds.compactMap { kind in
      tally.count(kind) > 0 ? "\(tally.count(kind)) \(kind.rawValue)" : nil
    }
    return
      "\(action.rawValue) \(count)/\(total) \(percent)% \(Self.twoDecimals(rate))/s ETA \(left)"
      + " · " + outcomes.joined(separator: " ")
  }

  private static func twoDecimals(_ number: Double) -> String {
    let hundredths = Int((number * 100).rounded())
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
  }
}
