import API
import ConnectionsClient
import Evaluation
import Planning

/// Sends the writes of a confirmed plan by performing an ``Executor``'s steps on the network, the
/// disk and the clock. What depends on a write that was not done is left out, and ids of connections
/// that the plan created are filled in.
struct ExecutorDriver {
  private(set) var executor: Executor
  private(set) var recorder: RunJournal
  private let session: WriteSession
  private let context: RunContext
  private(set) var calls = (lists: 0, writes: 0)
  private let start: Double
  private(set) var progress: PlanProgress
  private var progressLine: ProgressLine
  private var notice: WaitNotice
  var listNotice = ListNotice()
  private var isTicking = false

  var seconds: Double { context.uptime() - start }

  init(
    _ executor: Executor, _ recorder: RunJournal, _ session: WriteSession, _ context: RunContext,
    _ progress: PlanProgress, _ line: ProgressLine
  ) {
    self.executor = executor
    self.recorder = recorder
    self.session = session
    self.context = context
    notice = WaitNotice(context.output, context.events)
    start = context.uptime()
    self.progress = progress
    progressLine = line
  }

  /// Returns the outcomes of the writes of one stage, which use the plan's ids. Writes whose number is
  /// in `known` get that outcome and are not sent.
  mutating func execute(_ writes: [PlannedWrite], known: [Int: Outcome] = [:]) async -> [Outcome] {
    var known = known
    for write in writes where known[write.number] == nil {
      known[write.number] = progress.obstacle(to: write)
    }
    // References are to connections that earlier stages created.
    let outcomes = await perform(writes.map(progress.resolved), known: known)
    for (write, outcome) in zip(writes, outcomes) { progress.record(write, outcome) }
    return outcomes
  }

  private mutating func perform(_ writes: [PlannedWrite], known: [Int: Outcome]) async -> [Outcome]
  {
    executor.begin(writes, known: known)
    var driver = self
    driver.isTicking = false
    await withTaskGroup(of: Arrival.self) { group in
      while await driver.performStep(&group) {}
      group.cancelAll()
    }
    self = driver
    for (write, outcome) in executor.finish() {
      context.events.emit(.outcome(outcome, of: write))
    }
    executor.stopBehindDoubt()
    return executor.outcomes
  }

  // MARK: Steps

  private enum Arrival: Sendable {
    case answer(number: Int, CallResult)
    case tick
  }

  /// Performs one step. Returns `false` once every write has an outcome.
  private mutating func performStep(_ group: inout TaskGroup<Arrival>) async -> Bool {
    if context.isInterrupted() { handle(.interrupted) }
    executor.serverOffset = session.serverClock.offset
    let step = executor.next(at: now)
    showClosed()
    switch step {
    case .store(let records): store(records)
    case .send(let number, let call): send(number, call, &group)
    case .list(let query): await list(query)
    case .pause(let time, let wait): await pause(until: time, wait, &group)
    case .finished: return false
    }
    return true
  }

  private var now: Double { session.clock.uptime() }

  /// `true` iff the deadline has passed; then calls in flight are abandoned.
  private var isLate: Bool { context.execution.deadline.map { now > $0 } ?? false }

  private mutating func handle(_ event: Executor.Event) {
    executor.handle(event, at: now)
    showClosed()
  }

  private mutating func showClosed() {
    for (write, outcome) in executor.removeClosed() { show(write, outcome) }
  }

  private mutating func store(_ records: [JournalRecord]) {
    do {
      try recorder.append(records)
      for case .intent(let intent) in records {
        let call = executor.firstWrite(ofCallWith: intent.number)
        context.events.emit(.write(intent, call: call))
      }
      handle(.stored)
    } catch {
      handle(.storeFailed(error.message))
    }
  }

  private mutating func send(_ number: Int, _ call: WriteCall, _ group: inout TaskGroup<Arrival>) {
    do { try recorder.requireInPlace() } catch { return handle(.storeFailed(error.message)) }
    switch session.pacer.tryAdmit(call.kind.budget) {
    case .notBefore(let time), .held(let time): handle(.notBefore(time))
    case .now(let ticket):
      handle(.sent(number: number))
      group.addTask { [session] in
        let attempt = await session.writer.perform(call)
        if attempt.isComplete {
          session.pacer.answered(
            ticket, wasLimited: attempt.isLimited, pausing: attempt.requestedPause)
        } else {
          session.pacer.failed(ticket)
        }
        return .answer(number: number, attempt)
      }
    }
  }

  private mutating func list(_ query: ListQuery) async {
    calls.lists += 1
    var patience = RunRetryPolicy(
      context, executor.budget, hasBegun: !recorder.replay.writes.isEmpty)
    let result: Result<ConnectionList, ClientError>
    do { result = .success(try await session.reader.list(query, &patience)) } catch {
      result = .failure(error)
      if context.isInterrupted() { handle(.interrupted) }
    }
    executor.budget = patience.budget
    if let list = try? result.get() { listNotice.tell(executor.checked(list), context.output) }
    handle(.listed(result))
  }

  private mutating func pause(
    until time: Double, _ wait: Executor.Wait, _ group: inout TaskGroup<Arrival>
  ) async {
    announce(wait, until: time)
    if wait == .answer, isLate { group.cancelAll() }
    if !isTicking, !group.isCancelled {
      isTicking = true
      let part = max(0, min(time - now, CallWait.slice))
      group.addTask { [session] in
        try? await session.clock.sleep(seconds: part)
        return .tick
      }
    }
    switch await group.next() {
    case .answer(let number, let attempt):
      notice.erase()
      if attempt.wasSent { calls.writes += 1 }
      handle(.answered(number: number, group.isCancelled ? attempt.atDeadline : attempt))
    case .tick: isTicking = false
    case nil: return
    }
  }

  // MARK: Progress and notices

  private mutating func announce(_ wait: Executor.Wait, until time: Double) {
    switch wait {
    case .answer:
      guard let call = executor.openCalls.first(where: \.isFlying) else { return }
      let request = call.planned.call.request
      notice.countUp(
        "\(request.method.rawValue) \(request.target)", since: call.sentAt, at: now)
    case .pace:
      notice.countDown(
        "the rate limit allows no call yet", until: time, at: now, isOrdinary: true)
    case .retry(let reason):
      notice.countDown("\(reason); retrying", until: time, at: now)
    case .giveUp(let reason):
      notice.countDown(
        "\(reason); the server may still be working on the call, so the new connection is looked for "
          + "afterwards", until: time, at: now)
    case .reconciliation(let reason):
      notice.countDown(
        "\(reason); the list will show whether it was done", until: time, at: now)
    }
  }

  private mutating func show(_ write: PlannedWrite, _ outcome: Outcome) {
    notice.erase()
    progressLine.action = write.action
    context.events.emit(.outcome(outcome, of: write))
    // Writes that a stop leaves out don't count as progress.
    guard executor.stop == nil || outcome.kind != .skipped else { return }
    context.output.progress(
      progressLine.line(
        executor.tally, at: context.uptime(), forecast: { forecast(writes: $0) }))
  }

  /// The minimum duration of this number of writes in seconds, if their calls are like the present
  /// ones.
  private func forecast(writes count: Int) -> Double {
    let calls = executor.openCalls
    let writes = max(1, calls.reduce(0) { $0 + $1.writes.count })
    let needed = Double(count) * Double(max(1, calls.count)) / Double(writes)
    let kind = calls.first?.kind.budget ?? .other
    return session.pacer.forecast(kind, calls: Int(needed.rounded(.up)))
  }
}

extension CallResult {
  fileprivate var wasSent: Bool { if case .notSent = self { false } else { true } }

  /// The result of a call that the deadline may have ended; such a call is in doubt.
  fileprivate var atDeadline: CallResult {
    guard case .unknown(let doubt) = self, doubt.status == nil else { return self }
    return .unknown(UnknownReason(.timeout, "the deadline passed before the answer arrived"))
  }

  fileprivate var isLimited: Bool {
    guard case .rejected(let rejection) = self, case .limited = rejection.kind else { return false }
    return true
  }
}
