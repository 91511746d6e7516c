import API
import Evaluation
import Language
import Planning
import Text

/// Checks, confirms, records and sends the writes of a live run, in that order.
extension Interpreter {
  mutating func carryOut(
    _ plan: WritePlan, _ pipeline: CheckedPipeline, _ stages: ArraySlice<CheckedStage>,
    _ selected: RowSet, _ writers: any WriterSource
  ) async throws(RunError) -> RowSet {
    if !plan.writes.isEmpty, let past = recorder?.recordedPlan() {
      // The plan was checked and confirmed when the run started, but the profile may have changed.
      try past.require(RecordedPlan(plan, sentence: past.sentence), at: pipeline.span)
      context.setWriting(true)
      let left = try await proving(plan.keeping { recorder?.isOpen($0) ?? true }, of: pipeline)
      try requireUnprotected(left, at: pipeline.span, isKnown: true)
      try requireTime(writers.forecast(writes: left.writes.count))
      return try await send(plan, stages, selected, try await session(for: plan, writers))
    }
    changedMeanwhile = []
    let plan = try await proving(plan, of: pipeline)
    try context.guards.check(plan, sentBefore: report.tally.sent)
    if plan.writes.isEmpty {
      report.hadNothingToDo = true
      var nobody = RehearsingHand()
      return try await pass(selected, through: stages, &nobody)
    }
    try requireUnprotected(plan, at: pipeline.span)
    let sentence = PlanSummary(sources: context.sources, evaluator: evaluator)
      .sentence(plan, of: pipeline, selected.rows)
    let proposed = RecordedPlan(plan, sentence: sentence)
    report.proposed = proposed
    let session = try await confirmed(plan, proposed, writers)
    // An agreement is good for one plan only.
    context.guards.agreed = nil
    try record(proposed, writers.forecast(writes: plan.writes.count))
    return try await send(plan, stages, selected, session)
  }

  /// Asks for confirmation and reads the secrets, so that an unreadable secret is found before anything
  /// is sent.
  mutating func confirmed(_ plan: WritePlan, _ proposed: RecordedPlan, _ writers: any WriterSource)
    async throws(RunError) -> WriteSession
  {
    let seconds = writers.forecast(writes: plan.writes.count)
    try requireTime(seconds)
    let asked = context.uptime()
    try await Confirmation(
      plan: plan, context: context, proposed: proposed, hostName: writers.hostName,
      seconds: seconds, sentBefore: report.tally.sent
    ).obtain()
    // Time spent waiting for the user doesn't count.
    report.start += context.uptime() - asked
    return try await session(for: plan, writers)
  }

  func session(for plan: WritePlan, _ writers: any WriterSource)
    async throws(RunError) -> WriteSession
  {
    let secrets = plan.writes.reduce(into: Set()) {
      $0.formUnion($1.call.request.body?.secrets ?? [])
    }
    return try await writers.session(knowing: secrets)
  }

  /// Throws if the writes can't finish before the deadline.
  func requireTime(_ seconds: Double) throws(RunError) {
    guard let deadline = context.execution.deadline else { return }
    let left = max(0, deadline - context.uptime())
    guard left <= 0 || seconds > left else { return }
    throw RunError(
      .limited,
      "the writes take \(DurationText.text(seconds)), but the deadline leaves \(DurationText.text(left))",
      help: "use a longer --deadline or select fewer connections; nothing in this plan was sent")
  }

  mutating func record(_ plan: RecordedPlan, _ seconds: Double) throws(RunError) {
    // From here on Ctrl-C is deferred, even between pipelines, because the journal is open.
    context.setWriting(true)
    try openRecord()
    do { try recorder?.append([.plan(plan)]) } catch { throw RunError.unrecorded(error) }
    context.events.emit(.plan(plan, seconds: seconds))
    report.forecast += seconds
  }

  /// Opens the journal, unless it is open.
  mutating func openRecord() throws(RunError) {
    do { try recorder?.open() } catch { throw RunError.unrecorded(error) }
  }

  private mutating func send(
    _ plan: WritePlan, _ stages: ArraySlice<CheckedStage>, _ selected: RowSet,
    _ session: WriteSession
  ) async throws(RunError) -> RowSet {
    var hand = try hand(for: plan, session)
    defer { adopt(hand) }
    return try await pass(selected, through: stages, &hand)
  }

  /// Creates the hand that sends the writes; it continues the run's executor, history and budget.
  func hand(for plan: WritePlan, _ session: WriteSession, total: Int? = nil) throws(RunError)
    -> LiveHand
  {
    guard let recorder else { throw RunError(.internalError, "nothing records the run") }
    var executor =
      executor
      ?? Executor(
        policy: context.execution, seed: .random(in: 0 ... .max), history: recorder.writes,
        known: recorder.known)
    executor.changedMeanwhile = changedMeanwhile
    executor.budget = budget
    return LiveHand(
      plan.writes, total: total ?? plan.writes.count, executor, recorder, session, context)
  }

  /// Takes over the results of a hand that has finished.
  mutating func adopt(_ hand: LiveHand) {
    report.writingTime += hand.seconds
    report.lists += hand.calls.lists
    report.writeCalls += hand.calls.writes
    executor = hand.executor
    budget = hand.executor.budget
    recorder = hand.recorder
    report.include(hand.executor)
  }
}

extension RunError {
  fileprivate static func unrecorded(_ error: DiskError) -> RunError {
    RunError(
      .internalError, "can't record the run, so nothing was sent: \(error.message)",
      help: "conn records each write under $XDG_STATE_HOME/conn before it sends it")
  }
}
