import ConnectionsClient
import Language

/// Writes of a live run: judged, confirmed, recorded, sent.
extension Interpreter {
  mutating func carryOut(
    _ plan: WritePlan, _ stages: ArraySlice<CheckedStage>, _ selected: RowSet,
    _ writers: any WriterSource
  ) async throws(RunError) -> RowSet {
    if !plan.writes.isEmpty, let past = recorder?.recordedPlan() {
      // It was judged and confirmed when the run was begun.
      try past.require(RecordedPlan(plan, sentence: past.sentence), at: plan.pipeline.span)
      return try await send(plan, stages, selected, try await session(for: plan, writers))
    }
    let plan = try await proving(plan)
    try context.guards.check(plan, sentBefore: report.tally.sent)
    if plan.writes.isEmpty {
      report.hadNothingToDo = true
      var nobody = RehearsingHand()
      return try await pass(selected, through: stages, &nobody)
    }
    try requireUnprotected(plan)
    let restatement = Restatement(sources: context.sources, evaluator: evaluator)
    let seconds = writers.forecast(writes: plan.writes.count)
    try requireTime(seconds)
    try await Confirmation(
      plan: plan, context: context, restatement: restatement, hostName: writers.hostName,
      seconds: seconds, sentBefore: report.tally.sent
    ).obtain()
    // What cannot be read of the secrets is found before anything is recorded or sent.
    let session = try await session(for: plan, writers)
    try record(RecordedPlan(plan, sentence: restatement.sentence(plan)), seconds)
    return try await send(plan, stages, selected, session)
  }

  private func session(for plan: WritePlan, _ writers: any WriterSource)
    async throws(RunError) -> WriteSession
  {
    let secrets = plan.writes.reduce(into: Set()) {
      $0.formUnion($1.call.request.body?.secrets ?? [])
    }
    return try await writers.session(knowing: secrets)
  }

  /// What cannot be done in time is not begun.
  private func requireTime(_ seconds: Double) throws(RunError) {
    guard let deadline = context.execution.deadline else { return }
    let left = max(0, deadline - context.uptime())
    guard seconds > left else { return }
    throw RunError(
      .limited,
      "the writes take \(TimeWords.text(seconds)), and the deadline leaves \(TimeWords.text(left))",
      help: "give --deadline more time, or select fewer connections; nothing of this plan was sent")
  }

  private mutating func record(_ plan: RecordedPlan, _ seconds: Double) throws(RunError) {
    do {
      try recorder?.open()
      try recorder?.append([.plan(plan)])
    } catch {
      throw RunError(
        .internalError, "the run cannot be recorded, so nothing was sent: \(error.message)",
        help: "writes are stored under $XDG_STATE_HOME/conn before they leave")
    }
    context.events.emit(.plan(plan, seconds: seconds))
    report.forecast += seconds
  }

  private mutating func send(
    _ plan: WritePlan, _ stages: ArraySlice<CheckedStage>, _ selected: RowSet,
    _ session: WriteSession
  ) async throws(RunError) -> RowSet {
    guard let recorder else {
      throw RunError(.internalError, "nothing records the run", at: plan.pipeline.span)
    }
    let executor =
      executor
      ?? Executor(
        policy: context.execution, seed: .random(in: 0 ... .max), history: recorder.writes,
        known: recorder.known)
    var hand = LiveHand(plan, executor, recorder, session, context)
    context.setWriting(true)
    defer {
      context.setWriting(false)
      self.executor = hand.executor
      self.recorder = hand.recorder
      report.take(hand.executor)
    }
    return try await pass(selected, through: stages, &hand)
  }
}
