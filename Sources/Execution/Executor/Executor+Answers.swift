import API
import Evaluation
import JSON
import Planning
import Text

/// Turns events and answers into the next phase or the outcome of a call.
extension Executor {
  package mutating func handle(_ event: Event, at now: Double) {
    switch event {
    case .stored: stored()
    case .storeFailed(let message): storeFailed(message)
    case .sent(let number): sent(index(of: number), at: now)
    case .notBefore(let time): paceAllows = max(time, now + Self.shortestWait)
    case .answered(let number, let attempt): answered(index(of: number), attempt, at: now)
    case .listed(let result): listed(result, at: now)
    case .interrupted: halt(RunError.interrupted, isHard: true)
    }
    while firstOpen < nextCall, calls[firstOpen].isClosed { firstOpen += 1 }
  }

  /// Index of the open call with this number; events only refer to open calls.
  func index(of number: Int) -> Int {
    openCalls.firstIndex { $0.number == number } ?? firstOpen
  }

  // MARK: The journal

  private mutating func stored() {
    pending = []
    for index in firstOpen..<nextCall {
      switch calls[index].phase {
      case .intending(let time): calls[index].phase = .ready(notBefore: time)
      case .concluded(let outcomes): close(index, outcomes)
      default: continue
      }
    }
  }

  /// Stops sending, because nothing can be recorded any more; calls in flight still get outcomes.
  private mutating func storeFailed(_ message: String) {
    halt(
      RunError(.internalError, "can't write the journal: \(message)"), isHard: true)
    journalIsBroken = true
    pending = []
    for index in firstOpen..<nextCall {
      switch calls[index].phase {
      case .intending where calls[index].doubt == nil:
        close(index, Outcome(.skipped, "not tried: couldn't record it in the journal"))
      case .intending: concludeInDoubt(index)
      case .concluded(let outcomes): close(index, outcomes)
      default: continue
      }
    }
  }

  // MARK: Attempts

  private mutating func sent(_ index: Int, at now: Double) {
    calls[index].phase = .flying
    calls[index].sentAt = now
    calls[index].sends.append(now)
    calls[index].wasSent = true
    calls[index].isRecalled = false
  }

  private mutating func answered(_ index: Int, _ answer: CallResult, at now: Double) {
    let attempt = believed(answer, of: calls[index])
    let situation = ResponseClass(attempt)
    let call = calls[index]
    noteOutage(index, attempt, at: now)
    switch RecoveryAction.to(situation, of: call.kind) {
    case .done: done(index, attempt)
    case .retry(let limit) where situation == .notSent: resend(index, limit, attempt, at: now)
    case .reconcile where situation == .conflict: lookForConflict(index, attempt, at: now)
    case .retry, .reconcile: unclear(index, attempt, at: now)
    case .wait(let limit): waitForLimit(index, limit, attempt, at: now)
    case .fail, .rejected: conclude(index, after: attempt)
    case .gone: gone(index, attempt)
    case .failOrStop: forbidden(index, attempt)
    case .stop: end(index, attempt)
    case .abandon: abandon(index, attempt, at: now)
    }
  }

  /// Distrusts the answer to a create if it names a connection that existed before: the create cannot
  /// have made it, and later stages must not act on it. If the list before the create may have lacked
  /// it, its age decides, or if that is open, whether it has the values that were sent.
  private func believed(_ attempt: CallResult, of call: ExecutorCall) -> CallResult {
    guard call.write.creates, case .applied(let status, let object?, _) = attempt,
      let id = object["id"]?.int, let known,
      known.ids.contains(id) || known.doubt != nil && isForeign(object, to: call)
    else { return attempt }
    return .unknown(
      UnknownReason(
        .foreign, "the answer names connection \(id), which already existed", status: status))
  }

  private func isForeign(_ object: JSON.Object, to call: ExecutorCall) -> Bool {
    guard let connection = Connection(.object(object)) else { return false }
    switch age(of: connection, comparedTo: call) {
    case .older: return true
    case .newer: return false
    case .open: return !Reconciliation.matches(call.write.members, connection)
    }
  }

  private mutating func done(_ index: Int, _ attempt: CallResult) {
    budget.succeeded()
    guard case .applied(_, nil, let isEmpty) = attempt,
      isEmpty || calls[index].planned.call.success == .anyObject
    else { return conclude(index, after: attempt) }
    calls[index].phase = .confirming(attempt)
  }

  /// Schedules another attempt for a call of which no byte can have reached the server.
  private mutating func resend(
    _ index: Int, _ limit: Int, _ attempt: CallResult, at now: Double
  ) {
    calls[index].wasSent = calls[index].attempts > 1 || calls[index].limited > 0
    _ = calls[index].sends.popLast()
    guard calls[index].unsent < limit || isWaitingOutOutage(at: now) else {
      return end(index, attempt)
    }
    calls[index].phase = .ready(notBefore: now + backoff(calls[index].unsent))
    calls[index].unsent += 1
  }

  private mutating func gone(_ index: Int, _ attempt: CallResult) {
    guard calls[index].write.definition.lifecycle == .ends, calls[index].doubt != nil else {
      return conclude(index) { Outcome(attempt, of: $0) }
    }
    conclude(
      index,
      Outcome(
        .done, "deleted by an earlier attempt whose answer was lost", status: 404,
        connection: calls[index].write.connection))
  }

  private mutating func forbidden(_ index: Int, _ attempt: CallResult) {
    refusalsInARow += 1
    if tally.total == 0 || refusalsInARow >= 3 { return end(index, attempt) }
    conclude(index, after: attempt)
  }

  mutating func end(_ index: Int, _ attempt: CallResult) {
    halt(RunError(stopping: attempt, of: calls[index].kind))
    conclude(index, after: attempt, isFinal: false)
  }

  /// Ends the run because the answer is not from the API. A create may still have been applied, so the
  /// list is consulted for it first.
  private mutating func abandon(_ index: Int, _ attempt: CallResult, at now: Double) {
    halt(RunError(stopping: attempt, of: calls[index].kind))
    if case .unknown(let doubt) = attempt { calls[index].doubt = doubt }
    guard calls[index].write.creates else { return concludeInDoubt(index) }
    resolve(index, at: now)
  }

  // MARK: Doubt

  private mutating func unclear(_ index: Int, _ attempt: CallResult, at now: Double) {
    guard case .unknown(let doubt) = attempt else {
      return conclude(index, after: attempt)
    }
    calls[index].doubt = doubt
    if let asked = doubt.retryAfter, asked > Backoff.longestAsked {
      return comeBack(index, asked, attempt, at: now)
    }
    let isWaited = doubt.retryAfter != nil || isWaitingOutOutage(at: now)
    if !isWaited { budget.failed(doubt.kind) }
    if budget.isUsedUp, !isWaited {
      halt(RunError(.limited, "the server fails too often: this run has no retries left"))
    }
    resolve(index, at: now)
  }

  /// Resolves a call in doubt: sends it again if that is safe, otherwise consults the list.
  mutating func resolve(_ index: Int, at now: Double) {
    let call = calls[index]
    let pause = pauseInDoubt(call, at: now)
    guard case .retry(let limit) = RecoveryAction.to(.unknown, of: call.kind), !isLookingUp else {
      return calls[index].phase = .listing(notBefore: now + pause)
    }
    guard stop == nil, mayResend(index, limit, at: now) else { return concludeInDoubt(index) }
    intend(index, at: now, notBefore: now + pause)
  }

  mutating func backoff(_ attempt: Int) -> Double {
    Backoff.seconds(
      attempt: min(attempt, Outage.maxBackoffExponent), random: random.fraction())
  }

  mutating func concludeInDoubt(_ index: Int) {
    let doubt = calls[index].doubt
    conclude(index, Outcome(.unknown, doubt?.reason ?? "no answer", status: doubt?.status))
  }

  /// Outcome of a write, given the last attempt. A "not done" does not settle an earlier attempt that is
  /// still in doubt, unless it describes the connection's state.
  private static func judged(
    _ attempt: CallResult, of write: PlannedWrite, _ doubt: UnknownReason?
  ) -> Outcome {
    let outcome = Outcome(attempt, of: write)
    guard let doubt, [.failed, .skipped].contains(outcome.kind) else { return outcome }
    return Outcome(
      .unknown, "\(doubt.reason); then: \(outcome.reason ?? "not done")", status: outcome.httpStatus
    )
  }

  // MARK: Outcomes

  /// Records the outcomes of a call's writes and decides whether the run continues. `isFinal` is
  /// `false` for outcomes caused by the run as a whole, such as a rejected token: a resumed run tries
  /// the rows again.
  mutating func conclude(
    _ index: Int, isFinal: Bool = true, _ outcome: (PlannedWrite) -> Outcome
  ) {
    let writes = calls[index].writes
    let outcomes = writes.map { outcome($0).notingLogin(of: $0) }
    for (write, outcome) in zip(writes, outcomes) { countFailure(outcome, of: write) }
    guard !journalIsBroken else { return close(index, outcomes) }
    pending += zip(writes, outcomes).map { write, outcome in
      .outcome(RecordedOutcome(outcome, number: write.number, isFinal: isFinal))
    }
    calls[index].phase = .concluded(outcomes)
  }

  mutating func conclude(_ index: Int, _ outcome: Outcome) { conclude(index) { _ in outcome } }

  mutating func conclude(
    _ index: Int, after attempt: CallResult, isFinal: Bool = true
  ) {
    let doubt = calls[index].doubt
    conclude(index, isFinal: isFinal) { Self.judged(attempt, of: $0, doubt) }
  }

  private mutating func countFailure(_ outcome: Outcome, of write: PlannedWrite) {
    if outcome.kind == .skipped { return }
    let failed =
      [.failed, .unknown, .rejected, .gone].contains(outcome.kind)
      || write.failedLogin(in: outcome.connection) != nil
    failuresInARow = failed ? failuresInARow + 1 : 0
    if outcome.httpStatus != 403 { refusalsInARow = 0 }
    if failed, let reason = policy.failures.stop(after: failuresInARow) { halt(reason) }
  }

  mutating func close(_ index: Int, _ outcome: Outcome) {
    close(index, calls[index].writes.map { _ in outcome })
  }

  private mutating func close(_ index: Int, _ outcomes: [Outcome]) {
    let call = calls[index]
    calls[index].phase = .closed(outcomes)
    let isRecorded = !journalIsBroken || !call.wasSent || call.isRecalled
    for (write, outcome) in zip(call.writes, outcomes) {
      remember(write, outcome)
      tally.add(
        write.action, outcome.kind, wasSent: call.wasSent, wasRecalled: call.isRecalled)
      if write.failedLogin(in: outcome.connection) != nil { tally.failedLogins += 1 }
      problems.add(outcome, to: write, isRecorded: isRecorded)
      closed.append((write, outcome))
    }
  }

  private mutating func remember(_ write: PlannedWrite, _ outcome: Outcome) {
    guard outcome.kind == .done else { return }
    if let id = write.id {
      touched.insert(id)
      if write.call.success != .connection { staleIDs.insert(id) }
    } else if let id = outcome.connection?.id {
      known?.ids.insert(id)
      created.insert(id)
    }
  }
}

extension FailurePolicy {
  /// Returns the reason to stop after `count` failures in a row, or `nil`.
  fileprivate func stop(after count: Int) -> RunError? {
    if stopsAtFirst { return RunError(.someFailed, "a row failed, and --on-error is stop") }
    guard count >= max(1, limit) else { return nil }
    return RunError(.limited, "\(count.counted("row")) failed in a row")
  }
}

extension RunError {
  /// The reason a run ends after this attempt at a call of this kind.
  fileprivate init(stopping attempt: CallResult, of kind: CallKind) {
    switch attempt {
    case .notSent(let reason, _): self.init(.network(reason))
    case .unknown(let doubt): self.init(.network, "the answer isn't from the API: \(doubt.reason)")
    case .rejected(let rejection): self.init(ClientError(rejection, of: kind))
    case .applied: self = RunError.interrupted
    }
  }
}
