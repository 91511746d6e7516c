import ConnectionsClient
import Language

/// Sends the writes of a confirmed plan, and no others, one after the other.
struct LiveHand: WriteHand {
  private let writer: any ConnectionWriter
  private let context: RunContext
  private let planned: Set<WriteCall>
  /// The stages that act on connections which the same pipeline creates.
  private let stagesOnCreated: Set<SourceSpan>
  private var created: Set<Int64> = []
  private var failuresInARow = 0
  private var progress: Progress
  /// Why no further call is sent.
  private(set) var stop: RunError?
  private(set) var tally = Tally()

  init(_ plan: WritePlan, _ writer: any ConnectionWriter, _ context: RunContext) {
    self.writer = writer
    self.context = context
    planned = Set(plan.writes.map(\.call))
    stagesOnCreated = Set(plan.writes.filter { ($0.call.id ?? 0) < 0 }.map(\.span))
    progress = Progress(total: plan.writes.count, start: context.uptime())
  }

  mutating func carryOut(_ write: PlannedWrite) async -> Outcome {
    if stop == nil, context.isInterrupted() { stop = Self.interruption }
    if let stop { return note(write, Outcome(.skipped, "not tried: \(stop.message)")) }
    guard isPlanned(write) else {
      return note(write, Outcome(.skipped, "not in the plan that was confirmed"))
    }
    let attempt = await writer.perform(write.call)
    let outcome = Outcome(attempt, of: write)
    if case .create = write.call, let id = outcome.connection?.id { created.insert(id) }
    judge(attempt, outcome)
    return note(write, outcome)
  }

  private func isPlanned(_ write: PlannedWrite) -> Bool {
    if let id = write.call.id, created.contains(id) { return stagesOnCreated.contains(write.span) }
    return planned.contains(write.call)
  }

  private mutating func note(_ write: PlannedWrite, _ outcome: Outcome) -> Outcome {
    tally.add(write.action, outcome.kind)
    context.output.progress(progress.line(write.action, tally, at: context.uptime()))
    return outcome
  }

  // MARK: When to stop

  private static let interruption = RunError(.interrupted, "interrupted")

  private mutating func judge(_ attempt: Attempt, _ outcome: Outcome) {
    let failed = [.failed, .unknown, .rejected, .gone].contains(outcome.kind)
    failuresInARow = failed ? failuresInARow + 1 : 0
    stop = stopReason(attempt, outcome, failed: failed)
    if stop == nil, context.isInterrupted() { stop = Self.interruption }
  }

  private func stopReason(_ attempt: Attempt, _ outcome: Outcome, failed: Bool) -> RunError? {
    if case .rejected(let rejection) = attempt {
      switch rejection.kind {
      case .unauthorized: return RunError(ClientError.unauthorized(rejection.message))
      case .forbidden where tally.total == 0 || failuresInARow >= 3:
        return RunError(ClientError.forbidden(rejection.message))
      case .limited: return RunError(ClientError.limited(retryAfter: nil))
      default: break
      }
    }
    if case .notSent("interrupted") = attempt { return Self.interruption }
    if failed, context.failures.stopsAtFirst {
      return RunError(.someFailed, "a row failed, and --on-error is stop")
    }
    if failuresInARow >= context.failures.limit {
      return RunError(.limited, "\(failuresInARow) rows failed in a row")
    }
    return nil
  }
}

/// How many writes came to what.
package struct Tally: Sendable {
  private(set) var counts: [(action: StageDefinition.WriteAction, kinds: [Outcome.Kind: Int])] = []

  mutating func add(_ action: StageDefinition.WriteAction, _ kind: Outcome.Kind) {
    let place = counts.firstIndex { $0.action == action } ?? counts.count
    if place == counts.count { counts.append((action, [:])) }
    counts[place].kinds[kind, default: 0] += 1
  }

  mutating func add(_ other: Tally) {
    for (action, kinds) in other.counts {
      for (kind, count) in kinds { for _ in 0..<count { add(action, kind) } }
    }
  }

  func count(_ kind: Outcome.Kind) -> Int {
    counts.reduce(0) { $0 + ($1.kinds[kind] ?? 0) }
  }

  var total: Int { counts.reduce(0) { $0 + $1.kinds.values.reduce(0, +) } }

  /// The writes that left, whatever became of them.
  var sent: Int { total - count(.skipped) - count(.unchanged) }

  /// `37 of 37 disconnected, 2 rejected`
  var words: String {
    let done = counts.map { action, kinds in
      let planned = kinds.values.reduce(0, +) - (kinds[.unchanged] ?? 0)
      return "\(kinds[.done] ?? 0) of \(planned) \(action.participle)"
    }
    let others: [(Outcome.Kind, String)] = [
      (.unchanged, "unchanged"), (.rejected, "rejected"), (.gone, "gone"), (.failed, "failed"),
      (.unknown, "in doubt"), (.skipped, "not tried"),
    ]
    let rest = others.compactMap { kind, word in count(kind) > 0 ? "\(count(kind)) \(word)" : nil }
    return (done + rest).joined(separator: ", ")
  }
}

extension StageDefinition.WriteAction {
  var participle: String {
    switch self {
    case .create: "created"
    case .update: "updated"
    case .disconnect: "disconnected"
    case .delete: "deleted"
    }
  }
}

/// `disconnect 132/480 27% 1.00/s ETA 5m48s · 130 done 2 rejected`
private struct Progress {
  let total: Int
  let start: Double

  func line(_ action: StageDefinition.WriteAction, _ tally: Tally, at now: Double) -> String {
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
