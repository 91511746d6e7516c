import API
import Evaluation
import Planning
import Text

/// Waits for a server that is down, or that asks to wait.
extension Executor {
  // MARK: Outages

  /// Records when an outage begins and ends. One that has lasted too long ends the run as soon as a second
  /// call meets it; a single call may fail for reasons of its own.
  mutating func noteOutage(_ index: Int, _ attempt: CallResult, at now: Double) {
    guard attempt.isOutage else {
      if attempt.isComplete { outage = nil }
      return
    }
    guard let outage else { return outage = (now, calls[index].number) }
    guard !isWaitingOutOutage(at: now), outage.number != calls[index].number else { return }
    halt(
      RunError(
        .network,
        "the server has been failing for \(DurationText.text(now - outage.since)): "
          + (attempt.failure ?? "")))
  }

  /// `true` iff calls are sent again, however often, because an outage may end.
  func isWaitingOutOutage(at now: Double) -> Bool {
    outage.map { now < $0.since + Outage.longest } ?? false
  }

  /// Counts another attempt at a call in doubt. Returns `false` if there may be no more.
  mutating func mayResend(_ index: Int, _ limit: Int, at now: Double) -> Bool {
    if calls[index].doubt?.retryAfter != nil,
      case .wait(let limit) = RecoveryAction.to(.limited, of: calls[index].kind),
      calls[index].limited < limit
    {
      calls[index].limited += 1
      return true
    }
    // A call that may be sent again only once has effects of its own each time.
    let isWaitedOut = limit > 1 && isWaitingOutOutage(at: now)
    guard calls[index].resends < limit || isWaitedOut else { return false }
    calls[index].resends += 1
    return true
  }

  /// Seconds before a call in doubt is sent again or looked for.
  mutating func pauseInDoubt(_ call: ExecutorCall, at now: Double) -> Double {
    max(ordinaryPause(call, at: now), call.doubt?.retryAfter ?? 0)
  }

  private mutating func ordinaryPause(_ call: ExecutorCall, at now: Double) -> Double {
    let untilCertain = max(0, call.sentAt + Self.secondsBeforeReconciling - now)
    if call.write.creates { return untilCertain }
    if call.kind == .updateInput, isWaitingOutOutage(at: now) {
      return max(untilCertain, Self.secondsBeforeReconciling)
    }
    return backoff(call.resends)
  }

  // MARK: Pauses that the server asks for

  mutating func waitForLimit(
    _ index: Int, _ limit: Int, _ attempt: CallResult, at now: Double
  ) {
    guard calls[index].limited < limit, case .rejected(let rejection) = attempt,
      case .limited(let asked) = rejection.kind
    else { return end(index, attempt) }
    _ = calls[index].sends.popLast()
    if let asked, asked > Backoff.longestAsked { return comeBack(index, asked, attempt, at: now) }
    let wait = Backoff.limited(
      attempt: calls[index].limited, asked: asked, random: random.fraction())
    if let deadline = policy.deadline, now + wait > deadline { return end(index, attempt) }
    calls[index].limited += 1
    calls[index].phase = .ready(notBefore: now + wait)
  }

  /// Ends the run, which can be resumed when the pause is over.
  mutating func comeBack(_ index: Int, _ seconds: Double, _ attempt: CallResult, at now: Double) {
    let end = serverOffset.map { Int64((now + $0 + min(seconds, 1e10)).rounded(.up)) }
    halt(RunError(ClientError.comeBack(seconds: seconds, end: end)), isHard: true)
    if calls[index].doubt != nil { return concludeInDoubt(index) }
    conclude(index, isFinal: false) { Outcome(attempt, of: $0) }
  }

  // MARK: Conflicts

  /// Looks for the connection of a create that was refused because it exists already: an earlier attempt
  /// may have made it, and a list may lag behind.
  mutating func lookForConflict(_ index: Int, _ attempt: CallResult, at now: Double) {
    guard case .rejected(let rejection) = attempt else {
      return conclude(index, after: attempt)
    }
    calls[index].conflict = attempt
    calls[index].doubt =
      calls[index].doubt
      ?? UnknownReason(.broken, rejection.message, status: rejection.status)
    resolve(index, at: now)
  }
}

extension CallResult {
  /// `true` iff the server answered in full.
  var isComplete: Bool {
    switch self {
    case .rejected, .applied: true
    case .unknown(let doubt): doubt.status != nil
    case .notSent: false
    }
  }

  fileprivate var failure: String? {
    switch self {
    case .notSent(let reason, _): reason
    case .unknown(let doubt): doubt.reason
    case .rejected, .applied: nil
    }
  }
}
