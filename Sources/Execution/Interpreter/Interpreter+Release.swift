import API
import Evaluation
import Language
import Planning
import Text

/// Checks, confirms and records a plan, in that order, before it is carried out.
extension Interpreter {
  var gate: WriteGate { WriteGate(context, evaluator.environment) }

  /// Throws with exit 5 if the script writes and the profile is read-only; a run that writes nothing
  /// does so at its end.
  mutating func requireWritable(_ script: CheckedScript) throws(RunError) {
    guard
      let stage = script.statements.flatMap(\.pipelines).flatMap(\.stages)
        .first(where: { $0.effect > .read })
    else { return }
    do throws(RunError) {
      try gate.requireWritable(
        "`\(stage.name)` writes",
        help: isLive ? "--dry-run and --preview show what it would do" : "use another profile",
        at: stage.pipelineSpan)
    } catch {
      if isLive { return try refuse(error) }
      rehearsal.refuse(error)
    }
  }

  /// Throws the refusal, unless a run that is resumed has writes in doubt.
  mutating func refuse(_ error: RunError) throws(RunError) {
    guard let replay = recorder?.replay, replay.isResumed, replay.doubts > 0 else { throw error }
    tightened = tightened ?? error
  }

  /// Returns the objects to send a plan of the script with, once the limits, the profile and a person
  /// allow it; `nil` if it has no writes.
  mutating func permit(
    _ plan: Plan, among listed: [Connection]?, _ writers: any WriterSource, at span: SourceSpan?
  ) async throws(RunError) -> WriteSession? {
    if plan.isEmpty || recorder?.replay.hasPlan != true {
      if let tightened { throw tightened }
      changedMeanwhile = []
      try gate.requireAllowed(plan, among: listed, sentBefore: report.tally.sent, at: span)
    }
    guard plan.isEmpty else {
      let digest = PlanDigest(plan)
      return try await release(plan, as: digest, among: listed, writers, at: span)
    }
    report.hadNothingToDo = true
    return nil
  }

  /// Returns the objects to send the plan with, once nothing stands against it.
  ///
  /// A plan that is in the journal was confirmed when the run started; only what may have changed
  /// since is checked again. `digest` identifies the plan, `listed` are the connections of the
  /// workspace, and `use` is called when the journal is open.
  mutating func release(
    _ plan: Plan, as digest: PlanDigest, among listed: [Connection]?, _ writers: any WriterSource,
    at span: SourceSpan?, use: (String) throws(RunError) -> Void = { _ throws(RunError) in }
  ) async throws(RunError) -> WriteSession {
    if let past = recorder?.replay.recordedPlan() {
      try past.require(digest, at: span)
      context.setWriting(true)
      let open = plan.keeping { recorder?.replay.isOpen($0) ?? true }.writes
      do { try gate.requireUnprotected(open, among: listed, at: span, isConfirmed: true) } catch {
        try refuse(error)
      }
      try gate.requireTime(writers.forecast(open.calls))
      return try await session(for: plan, writers)
    }
    report.proposed = plan
    let session = try await confirmed(plan, digest, writers)
    // An agreement is good for one plan only.
    context.guards.agreed = nil
    // In this order: a plan must not be marked as applied by a run that can't be resumed.
    try openRecord()
    try use(recorder?.directory?.id ?? "")
    try record(digest, writers.forecast(plan.writes.calls))
    return session
  }

  /// Asks for confirmation and reads the secrets.
  private mutating func confirmed(
    _ plan: Plan, _ digest: PlanDigest, _ writers: any WriterSource
  ) async throws(RunError) -> WriteSession {
    let seconds = writers.forecast(plan.writes.calls)
    try gate.requireTime(seconds)
    if recorder?.directory == nil, let warning = context.warning { context.output.talk(warning) }
    let asked = context.uptime()
    try await Confirmation(
      plan: plan.joiningRounds, context: context, proposed: digest,
      hostName: writers.hostName, seconds: seconds, sentBefore: report.tally.sent
    ).obtain()
    // Time spent waiting for the user doesn't count.
    report.start += context.uptime() - asked
    return try await session(for: plan, writers)
  }

  /// Returns the objects to send the plan with. All of the script's secrets are read once, before
  /// its first write, so that an unreadable one doesn't stop the run halfway.
  private mutating func session(for plan: Plan, _ writers: any WriterSource)
    async throws(RunError) -> WriteSession
  {
    let needed = scriptSecrets.union(plan.secrets)
    if let opened, needed.isSubset(of: opened.secrets) {
      return try opened.session.requiring(noSecretShownBy: plan)
    }
    scriptSecrets = needed
    let session = try await writers.session(knowing: needed)
    opened = (session, needed)
    return try session.requiring(noSecretShownBy: plan)
  }

  private mutating func record(_ digest: PlanDigest, _ seconds: Double) throws(RunError) {
    do { try recorder?.append([.plan(digest)]) } catch { throw RunError.unrecorded(error) }
    context.events.emit(.plan(digest, seconds: seconds))
    report.forecast += seconds
  }

  /// Opens the journal, unless it is open. From here on Ctrl-C is deferred, even between pipelines.
  private mutating func openRecord() throws(RunError) {
    context.setWriting(true)
    do { try recorder?.open() } catch { throw RunError.unrecorded(error) }
  }

  // MARK: Carrying out

  /// Prepares to carry out writes of a block; continues the run's executor, history and retry budget.
  /// `nil` if the block has no writes.
  func driver(of block: PlannedBlock) throws(RunError) -> ExecutorDriver? {
    guard let session = block.session else { return nil }
    guard let recorder else { throw RunError(.internalError, "nothing records the run") }
    var executor =
      executor
      ?? Executor(
        policy: context.execution, seed: .random(in: 0 ... .max), history: recorder.replay.writes,
        known: recorder.replay.known)
    executor.changedMeanwhile = changedMeanwhile
    executor.budget = view.budget
    if let tightened { executor.lookUpOnly(because: tightened) }
    var driver = ExecutorDriver(
      executor, recorder, session, context, block.progress, block.line)
    driver.listNotice = view.listNotice
    return driver
  }

  /// The progress line of a plan whose first write begins now.
  func progressLine(of plan: Plan) -> ProgressLine {
    ProgressLine(
      total: plan.writes.count,
      start: ProgressLine.Start(tally: report.tally, time: context.uptime()))
  }

  /// Takes over the results of writes that were carried out.
  mutating func adopt(_ driver: ExecutorDriver, in block: inout PlannedBlock) {
    report.writingTime += driver.seconds
    report.lists += driver.calls.lists
    report.writeCalls += driver.calls.writes
    executor = driver.executor
    view.budget = driver.executor.budget
    recorder = driver.recorder
    view.listNotice = driver.listNotice
    view.follow(driver.recorder.replay.writes)
    report.include(driver.executor)
    block.progress = driver.progress
  }
}

extension RunError {
  fileprivate static func unrecorded(_ error: DiskError) -> RunError {
    RunError(
      .internalError, "can't record the run, so nothing was sent: \(error.message)",
      help: "conn records each write under $XDG_STATE_HOME/conn before it sends it")
  }
}
