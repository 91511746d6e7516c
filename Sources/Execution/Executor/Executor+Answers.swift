import API
import Evaluation
import JSON
import Planning
import Text

/// Turns events and answers into the next phase or the outcome of a row.
extension Executor {
  package mutating func take(_ event: Event, at now: Double) {
    switch event {
    case .stored: stored()
    case .storeFailed(let message): storeFailed(message)
    case .sent(let number): sent(place(of: number), at: now)
    case .notBefore(let time): paceAllows = max(time, now + Self.shortestWait)
    case .answered(let number, let attempt): answered(place(of: number), attempt, at: now)
    case .listed(let result): listed(result, at: now)
    case .interrupted: halt(RunError.interrupted, isHard: true)
    }
    while firstOpen < nextRow, rows[firstOpen].isClosed { firstOpen += 1 }
  }

  /// Index of the open row with this number; events only refer to open rows.
  private func place(of number: Int) -> Int {
    openRows.firstIndex { $0.number == number } ?? firstOpen
  }

  // MARK: The journal

  private mutating func stored() {
    pending = []
    for place in firstOpen..<nextRow {
      switch rows[place].phase {
      case .intending(let time): rows[place].phase = .ready(notBefore: time)
      case .settled(let outcome): close(place, outcome)
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
    for place in firstOpen..<nextRow {
      switch rows[place].phase {
      case .intending where rows[place].doubt == nil:
        close(place, Outcome(.skipped, "not tried: couldn't record it in the journal"))
      case .intending: settleInDoubt(place)
      case .settled(let outcome): close(place, outcome)
      default: continue
      }
    }
  }

  // MARK: Attempts

  private mutating func sent(_ place: Int, at now: Double) {
    rows[place].phase = .flying
    rows[place].sentAt = now
    rows[place].wasSent = true
    rows[place].isRecalled = false
  }

  private mutating func answered(_ place: Int, _ answer: CallResult, at now: Double) {
    let attempt = believed(answer, of: rows[place])
    let situation = ResponseClass(attempt)
    let row = rows[place]
    switch RecoveryAction.to(situation, of: row.write.call.kind) {
    case .done: done(place, attempt)
    case .retry(let limit) where situation == .notSent: resend(place, limit, attempt, at: now)
    case .retry, .reconcile: unclear(place, attempt, at: now)
    case .wait(let limit): waitForLimit(place, limit, attempt, at: now)
    case .fail, .rejected: settle(place, judged(attempt, row))
    case .gone: gone(place, attempt)
    case .failOrStop: forbidden(place, attempt)
    case .stop: end(place, attempt)
    case .abandon: abandon(place, attempt, at: now)
    }
  }

  /// Distrusts the answer to a create if it names a connection that existed before: the create cannot
  /// have made it, and later stages must not act on it.
  private func believed(_ attempt: CallResult, of row: ExecutorRow) -> CallResult {
    guard row.write.creates, case .applied(let status, let object?, _) = attempt,
      let id = object["id"]?.int, known?.contains(id) == true
    else { return attempt }
    return .unknown(
      UnknownReason(
        .foreign, "the answer names connection \(id), which already existed", status: status))
  }

  private mutating func done(_ place: Int, _ attempt: CallResult) {
    budget.succeeded()
    let outcome = Outcome(attempt, of: rows[place].write)
    guard case .applied(_, nil, hasEmptyBody: true) = attempt else { return settle(place, outcome) }
    rows[place].phase = .confirming(outcome)
  }

  /// Schedules another attempt for a call of which no byte can have reached the server.
  private mutating func resend(
    _ place: Int, _ limit: Int, _ attempt: CallResult, at now: Double
  ) {
    rows[place].wasSent = rows[place].attempts > 1 || rows[place].limited > 0
    guard rows[place].unsent < limit else { return end(place, attempt) }
    rows[place].phase = .ready(notBefore: now + backoff(rows[place].unsent))
    rows[place].unsent += 1
  }

  private mutating func waitForLimit(
    _ place: Int, _ limit: Int, _ attempt: CallResult, at now: Double
  ) {
    guard rows[place].limited < limit, case .rejected(let rejection) = attempt,
      case .limited(let asked) = rejection.kind
    else { return end(place, attempt) }
    let wait = Backoff.limited(
      attempt: rows[place].limited, asked: asked, random: random.fraction())
    if let deadline = policy.deadline, now + wait > deadline { return end(place, attempt) }
    rows[place].limited += 1
    rows[place].phase = .ready(notBefore: now + wait)
  }

  private mutating func gone(_ place: Int, _ attempt: CallResult) {
    guard rows[place].write.definition.lifecycle == .ends, rows[place].doubt != nil else {
      return settle(place, Outcome(attempt, of: rows[place].write))
    }
    settle(
      place,
      Outcome(
        .done, "deleted by an earlier attempt whose answer was lost", status: 404,
        connection: rows[place].write.connection))
  }

  private mutating func forbidden(_ place: Int, _ attempt: CallResult) {
    refusalsInARow += 1
    if tally.total == 0 || refusalsInARow >= 3 { return end(place, attempt) }
    settle(place, judged(attempt, rows[place]))
  }

  private mutating func end(_ place: Int, _ attempt: CallResult) {
    halt(RunError(stopping: attempt))
    settle(place, judged(attempt, rows[place]), isFinal: false)
  }

  /// Ends the run because the answer is not from the API. A create may still have been applied, so it
  private mutating func abandon(_ place: Int, _ attempt: CallResult, at now: Double) {
    halt(RunError(stopping: attempt))
    if case .unknown(let doubt) = attempt { rows[place].doubt = doubt }
    guard rows[place].write.creates else { return settleInDoubt(place) }
    resolve(place, at: now)
  }

  // MARK: Doubt

  private mutating func unclear(_ place: Int, _ attempt: CallResult, at now: Double) {
    guard case .unknown(let doubt) = attempt else {
      return settle(place, judged(attempt, rows[place]))
    }
    budget.failed(doubt.kind)
    rows[place].doubt = doubt
    if budget.isUsedUp {
      halt(RunError(.limited, "the server fails too often: this run has no retries left"))
    }
    resolve(place, at: now)
  }

  /// Resolves a call in doubt: sends it again if that is safe, otherwise consults the list.
  mutating func resolve(_ place: Int, at now: Double) {
    let row = rows[place]
    switch RecoveryAction.to(.unknown, of: row.write.call.kind) {
    case .retry(let limit):
      guard row.resends < limit, stop == nil else { return settleInDoubt(place) }
      rows[place].resends += 1
      intend(place, at: now, notBefore: now + backoff(row.resends))
    default:
      let pause =
        row.write.creates
        ? max(0, row.sentAt + Self.secondsBeforeReconciling - now) : backoff(row.resends)
      rows[place].phase = .listing(notBefore: now + pause)
    }
  }

  mutating func backoff(_ attempt: Int) -> Double {
    Backoff.seconds(attempt: attempt, random: random.fraction())
  }

  mutating func settleInDoubt(_ place: Int) {
    let doubt = rows[place].doubt
    settle(place, Outcome(.unknown, doubt?.reason ?? "no answer", status: doubt?.status))
  }

  /// Outcome of a row, given its last attempt. A "not done" does not settle an earlier attempt that is
  /// still in doubt, unless it describes the connection's state.
  private func judged(_ attempt: CallResult, _ row: ExecutorRow) -> Outcome {
    let outcome = Outcome(attempt, of: row.write)
    guard let doubt = row.doubt, [.failed, .skipped].contains(outcome.kind) else { return outcome }
    return Outcome(
      .unknown, "\(doubt.reason); then: \(outcome.reason ?? "not done")", status: outcome.httpStatus
    )
  }

  // MARK: Outcomes

  /// Records the outcome and decides whether the run continues. `isFinal` is `false` for an outcome
  /// caused by the run as a whole, such as a rejected token: a resumed run tries the row again.
  mutating func settle(_ place: Int, _ outcome: Outcome, isFinal: Bool = true) {
    note(place, outcome)
    guard !journalIsBroken else { return close(place, outcome) }
    let number = rows[place].number
    pending.append(.outcome(RecordedOutcome(outcome, number: number, isFinal: isFinal)))
    rows[place].phase = .settled(outcome)
  }

  private mutating func note(_ place: Int, _ outcome: Outcome) {
    if outcome.kind == .skipped { return }
    let failed = [.failed, .unknown, .rejected, .gone].contains(outcome.kind)
    failuresInARow = failed ? failuresInARow + 1 : 0
    if outcome.httpStatus != 403 { refusalsInARow = 0 }
    if failed, let reason = policy.failures.stop(after: failuresInARow) { halt(reason) }
  }

  mutating func close(_ place: Int, _ outcome: Outcome) {
    rows[place].phase = .closed(outcome)
    remember(rows[place].write, outcome)
    tally.add(
      rows[place].write.action, outcome.kind, wasSent: rows[place].wasSent,
      wasRecalled: rows[place].isRecalled)
    problems.add(outcome, to: rows[place].write)
    closed.append(rows[place])
  }

  private mutating func remember(_ write: PlannedWrite, _ outcome: Outcome) {
    guard outcome.kind == .done else { return }
    if let id = write.id {
      touched.insert(id)
      if write.call.success != .connection { staleIDs.insert(id) }
    } else if let id = outcome.connection?.id {
      allowance.noteCreated(id)
      known?.insert(id)
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
  /// The reason a run ends after this attempt.
  fileprivate init(stopping attempt: CallResult) {
    switch attempt {
    case .notSent(let reason, _): self.init(.network(reason))
    case .unknown(let doubt): self.init(.network, "the answer isn't from the API: \(doubt.reason)")
    case .rejected(let rejection): self.init(ClientError(rejection))
    case .applied: self = RunError.interrupted
    }
  }
}
