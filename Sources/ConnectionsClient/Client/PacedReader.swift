import API

/// Sends calls that only read, within the rate limit; transient failures are retried.
struct PacedReader: Sendable {
  let transport: any Transport
  let pacer: SharedRateLimiter
  let clock: any Timekeeper

  /// Sends the call until `decode` accepts an answer; `kind` is the budget that it counts on.
  func read<Rows>(
    _ request: Request, _ kind: RateLimiter.Kind, _ patience: inout some RetryPolicy,
    decode: (Answer) throws(ClientError) -> Rows
  ) async throws(ClientError) -> Rows {
    defer { patience.endWait() }
    var tries: [ResponseClass: Int] = [:]
    var failingSince: Double?
    while true {
      let error: ClientError
      do {
        let rows = try decode(try await ask(request, kind, &patience))
        patience.succeeded()
        return rows
      } catch let caught { error = caught }
      let count = tries[error.situation, default: 0]
      let start = failingSince ?? clock.uptime()
      failingSince = start
      let isWaitedOut = error.isOutage && clock.uptime() < start + patience.outagePatience
      let isAffordable = isWaitedOut || patience.allowsRetry(retryAfter: error)
      guard let seconds = pause(after: error, count, isWaitedOut) else { throw error }
      guard isAffordable else { throw .usedUp(error.description) }
      tries[error.situation] = count + 1
      try await wait(for: .retry(error.description), until: clock.uptime() + seconds, &patience)
    }
  }

  /// Returns the pause before a retry, or `nil` if a retry is pointless.
  private func pause(after error: ClientError, _ count: Int, _ isWaitedOut: Bool) -> Double? {
    let random = Double.random(in: 0..<1)
    switch RecoveryAction.to(error.situation, of: .list) {
    case .retry(let limit) where count < limit || isWaitedOut:
      return Backoff.seconds(attempt: min(count, Outage.maxBackoffExponent), random: random)
    case .wait(let limit) where count < limit:
      return Backoff.limited(attempt: count, asked: error.retryAfter, random: random)
    default: return nil
    }
  }

  private func ask(
    _ request: Request, _ kind: RateLimiter.Kind, _ patience: inout some RetryPolicy
  ) async throws(ClientError) -> Answer {
    let ticket = try await admission(kind, &patience)
    let answer: Answer
    do { answer = try await self.answer(to: request, &patience) } catch {
      pacer.failed(ticket)
      throw error
    }
    pacer.answered(
      ticket, wasLimited: answer.status == 429, pausing: answer.requestedPause)
    return answer
  }

  // MARK: Waiting

  private func admission(_ kind: RateLimiter.Kind, _ patience: inout some RetryPolicy)
    async throws(ClientError) -> RateLimiter.Ticket
  {
    while true {
      let now = clock.uptime()
      try patience.look(at: .pace, until: now, now: now)
      switch pacer.tryAdmit(kind) {
      case .now(let ticket): return ticket
      case .notBefore(let time):
        try await wait(for: .pace, until: max(time, now + Self.shortestWait), &patience)
      case .held(let time):
        try await wait(for: .held, until: max(time, now + Self.shortestWait), &patience)
      }
    }
  }

  /// Shortest wait in seconds; exceeds rounding errors, so that every wait advances the clock.
  private static let shortestWait = 0.001

  private func wait(for wait: CallWait, until time: Double, _ patience: inout some RetryPolicy)
    async throws(ClientError)
  {
    while case let now = clock.uptime(), now < time {
      try patience.look(at: wait, until: time, now: now)
      do { try await clock.sleep(seconds: min(time - now, CallWait.slice)) } catch {
        throw .interrupted
      }
    }
  }

  /// The result of a child task.
  private enum Arrival: Sendable {
    case answer(Result<Answer, ClientError>)
    /// A slice of the wait has passed, or was cancelled.
    case tick
  }

  /// Sends the call and waits for the answer. A call that only reads can be abandoned in flight.
  private func answer(to request: Request, _ patience: inout some RetryPolicy)
    async throws(ClientError) -> Answer
  {
    let wait = CallWait.answer(
      "\(request.method.rawValue) \(request.target)", since: clock.uptime())
    var patient = patience
    let result = await withTaskGroup(of: Arrival.self) { group in
      group.addTask { .answer(await sent(request)) }
      while true {
        group.addTask {
          try? await clock.sleep(seconds: CallWait.slice)
          return .tick
        }
        if let result = await arrival(in: &group, wait, &patient) {
          group.cancelAll()
          return result
        }
      }
    }
    patience = patient
    return try result.get()
  }

  /// Returns the result of the call, or `nil` if it is still pending.
  private func arrival(
    in group: inout TaskGroup<Arrival>, _ wait: CallWait, _ patience: inout some RetryPolicy
  ) async -> Result<Answer, ClientError>? {
    switch await group.next() {
    case .answer(let result): return result
    case .tick where !Task.isCancelled:
      do {
        try patience.look(at: wait, until: .infinity, now: clock.uptime())
        return nil
      } catch { return .failure(error) }
    case .tick, nil: return .failure(.interrupted)
    }
  }

  private func sent(_ request: Request) async -> Result<Answer, ClientError> {
    do { return .success(try await transport.send(request)) } catch {
      return .failure(ClientError(error))
    }
  }
}
