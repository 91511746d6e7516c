import API
import Evaluation
import Language
import Planning
import Text

/// Writes of a live run: judged, confirmed, recorded, sent.
extension Interpreter {
  mutating func carryOut(
    _ plan: WritePlan, _ pipeline: CheckedPipeline, _ stages: ArraySlice<CheckedStage>,
    _ selected: RowSet, _ writers: any WriterSource
  ) async throws(RunError) -> RowSet {
    if !plan.writes.isEmpty, let past = recorder?.recordedPlan() {
      // It was judged and confirmed when the run was begun; what is left may be protected by now.
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
    // What was agreed to holds once.
    context.guards.agreed = nil
    try record(proposed, writers.forecast(writes: plan.writes.count))
    return try await send(plan, stages, selected, session)
  }

  /// Asks. What cannot be read of the secrets is found before anything is recorded or sent.
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
    // What a person takes to think is no time of the run.
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

  /// What cannot be done in time is not begun.
  func requireTime(_ seconds: Double) throws(RunError) {
    guard let deadline = context.execution.deadline else { return }
    let left = max(0, deadline - context.uptime())
    guard left <= 0 || seconds > left else { return }
    throw RunError(
      .limited,
      "the writes take \(DurationText.text(seconds)), and the deadline leaves \(DurationText.text(left))",
      help: "give --deadline more time, or select fewer connections; nothing of this plan was sent")
  }

  mutating func record(_ plan: RecordedPlan, _ seconds: Double) throws(RunError) {
    // From here on an interruption is waited for, also between two pipelines: the journal is open.
    context.setWriting(true)
    try openRecord()
    do { try recorder?.append([.plan(plan)]) } catch { throw RunError.unrecorded(error) }
    context.events.emit(.plan(plan, seconds: seconds))
    report.forecast += seconds
  }

  /// Makes the journal, where there is none yet.
  mutating func openRecord() throws(RunError) {
    do { try recorder?.open() } catch { throw RunError.unrecorded(error) }
  }

  private mutating func send(
    _ plan: WritePlan, _ stages: ArraySlice<CheckedStage>, _ selected: RowSet,
    _ session: WriteSession
  ) async throws(RunError) -> RowSet {
    var hand = try hand(for: plan, session)
    defer { take(hand) }
    return try await pass(selected, through: stages, &hand)
  }

  /// What sends the writes; with what the run has been through so far.
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

  /// The hand has come to its end.
  mutating func take(_ hand: LiveHand) {
    report.writingTime += hand.seconds
    report.lists += hand.calls.lists
    report.writeCalls += hand.calls.writes
    executor = hand.executor
    budget = hand.executor.budget
    recorder = hand.recorder
    report.take(hand.executor)
  }
}

extension RunError {
  fileprivate static func unrecorded(_ error: DiskError) -> RunError {
    RunError(
      .internalError, "the run cannot be recorded, so nothing was sent: \(error.message)",
      help: "writes are stored under $XDG_STATE_HOME/conn before they leave")
  }
}
