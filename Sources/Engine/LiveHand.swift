import ConnectionsClient
import Language

/// Sends the writes of a confirmed plan, and no others: carries out the steps of an executor.
struct LiveHand: WriteHand {
  private(set) var executor: Executor
  private(set) var recorder: RunRecorder
  private let session: WriteSession
  private let context: RunContext
  private var progress: ProgressLine
  private var announced: Executor.Wait?

  /// A wait is cut into parts no longer than this, so that an interruption is seen, in seconds.
  private static let slice = 0.05
  /// What takes no longer is not worth a word, in seconds.
  private static let patience = 2.0

  /// The seconds since it was made.
  var seconds: Double { context.uptime() - progress.start }

  init(
    _ writes: [PlannedWrite], total: Int, _ executor: Executor, _ recorder: RunRecorder,
    _ session: WriteSession, _ context: RunContext
  ) {
    self.executor = executor
    self.recorder = recorder
    self.session = session
    self.context = context
    progress = ProgressLine(total: total, start: context.uptime(), before: executor.tally)
    self.executor.permit(writes)
  }

  mutating func carryOut(_ writes: [PlannedWrite]) async -> [Outcome] {
    await carryOut(writes, numbers: nil)
  }

  /// Permits further writes, which were confirmed as well.
  mutating func permit(_ writes: [PlannedWrite]) { executor.permit(writes) }

  /// `numbers` are the places of the writes in the run.
  mutating func carryOut(_ writes: [PlannedWrite], numbers: [Int]?) async -> [Outcome] {
    executor.begin(writes, numbers: numbers)
    var hand = self
    await withTaskGroup(of: Arrival.self) { group in
      var flights = Flights()
      while await hand.carryOutStep(&group, &flights) {}
      group.cancelAll()
    }
    self = hand
    for row in executor.finish() {
      context.events.emit(.outcome(executor.left(row), of: row))
    }
    executor.stopBehindDoubt()
    return executor.outcomes
  }

  // MARK: Steps

  /// What a task brings back.
  private enum Arrival: Sendable {
    case answer(number: Int, Attempt)
    /// A part of a wait is over.
    case tick
  }

  private struct Flights {
    var isTicking = false
  }

  /// Returns `false` once everything has come to its outcome.
  private mutating func carryOutStep(
    _ group: inout TaskGroup<Arrival>, _ flights: inout Flights
  ) async -> Bool {
    if context.isInterrupted() { take(.interrupted) }
    switch executor.next(at: now) {
    case .store(let records): store(records)
    case .send(let number, let call): send(number, call, &group)
    case .list(let query): await list(query)
    case .pause(let time, let wait): await pause(until: time, wait, &group, &flights)
    case .finished: return false
    }
    return true
  }

  private var now: Double { session.clock.uptime() }

  private mutating func take(_ event: Executor.Event) {
    executor.take(event, at: now)
    for row in executor.takeClosed() { show(row) }
  }

  private mutating func store(_ records: [JournalRecord]) {
    do {
      try recorder.append(records)
      for case .intent(let intent) in records { context.events.emit(.write(intent)) }
      take(.stored)
    } catch {
      take(.storeFailed(error.message))
    }
  }

  private mutating func send(_ number: Int, _ call: WriteCall, _ group: inout TaskGroup<Arrival>) {
    switch session.pacer.tryAdmit(.other) {
    case .notBefore(let time): take(.notBefore(time))
    case .now(let ticket):
      take(.sent(number: number))
      group.addTask { [session] in
        let attempt = await session.writer.perform(call)
        if attempt.isAnswer {
          session.pacer.answered(ticket, wasLimited: attempt.isLimited)
        } else {
          session.pacer.failed(ticket)
        }
        return .answer(number: number, attempt)
      }
    }
  }

  private mutating func list(_ query: ListQuery) async {
    do {
      take(.listed(.success(try await session.reader.list(query))))
    } catch {
      take(.listed(.failure(error)))
    }
  }

  private mutating func pause(
    until time: Double, _ wait: Executor.Wait, _ group: inout TaskGroup<Arrival>,
    _ flights: inout Flights
  ) async {
    announce(wait, until: time)
    if !flights.isTicking {
      flights.isTicking = true
      let part = max(0, min(time - now, Self.slice))
      group.addTask { [session] in
        try? await session.clock.sleep(seconds: part)
        return .tick
      }
    }
    switch await group.next() {
    case .answer(let number, let attempt): take(.answered(number: number, attempt))
    case .tick: flights.isTicking = false
    case nil: return
    }
  }

  // MARK: Words

  private mutating func announce(_ wait: Executor.Wait, until time: Double) {
    let seconds = time - now
    guard let words = wait.words, seconds > Self.patience || announced == wait else { return }
    let countdown = "waiting \(Int(seconds.rounded(.up))) s: \(words)"
    if announced != wait {
      context.output.talk(countdown)
      context.events.emit(.wait(words, seconds: seconds))
    }
    announced = wait
    context.output.progress(countdown)
  }

  private mutating func show(_ row: ExecutorRow) {
    announced = nil
    progress.action = row.write.action
    if case .closed(let outcome) = row.phase {
      context.events.emit(.outcome(outcome, of: row))
    }
    context.output.progress(progress.line(executor.tally, at: context.uptime()))
  }
}

extension Executor.Wait {
  /// `nil` for what is the ordinary course of things.
  fileprivate var words: String? {
    switch self {
    case .answer, .pace: nil
    case .retry(let reason): "\(reason); the call is sent again"
    case .reconciliation(let reason): "\(reason); a list will show whether it was done"
    }
  }
}

extension Attempt {
  /// `true` iff a complete answer came.
  fileprivate var isAnswer: Bool {
    switch self {
    case .rejected, .applied: true
    case .notSent: false
    case .unknown(let doubt): doubt.status != nil
    }
  }

  fileprivate var isLimited: Bool {
    guard case .rejected(let rejection) = self, case .limited = rejection.kind else { return false }
    return true
  }
}
