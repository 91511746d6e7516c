import API
import ConnectionsClient
import Evaluation
import Language
import Planning
import Text

/// Applies a plan file: exactly its writes, and only to targets that are still as the plan found them.
extension Interpreter {
  /// Applies the plan. Throws the error that ends the run early; the report shows how far it got.
  package mutating func apply(_ file: PlanFile, _ terms: ApplyPreconditions) async throws(RunError)
  {
    try terms.check(file)
    guard case .live(let reader, let writers) = context.mode else {
      throw RunError(.internalError, "a plan can only be applied in a live run")
    }
    do {
      try gate.requireWritable(
        "the plan writes", help: "nothing was sent; conn show prints what it would do")
    } catch { try refuse(error) }
    try await checkWorkspaceAgain()
    let list = try await list(for: file, reader)
    let (listed, drifted) = (list.connections, findDrifted(file.plan, list))
    sayWhatDrifted(file.plan)
    await sayWhatElseMatches(file, listed)
    try await readTags(of: file.plan)
    let plan = file.plan.on(listed, view.tags)
    let open = plan.keeping { drifted[$0.number] == nil }
    guard !open.isEmpty else { return try showNothing(plan, drifted) }
    let session = try await release(open, file, among: listed, terms, writers)
    try await carryOut(plan, leaving: drifted, listed, session)
  }

  /// Applies the plan, and returns the error that ended it early, if any.
  package mutating func outcome(of file: PlanFile, _ terms: ApplyPreconditions) async -> RunError? {
    do {
      try await apply(file, terms)
      report.include(recorder?.replay)
      return nil
    } catch {
      report.include(recorder?.replay, after: error, atEnd: true)
      return error
    }
  }

  // MARK: Before the first write

  private mutating func list(for file: PlanFile, _ reader: any ConnectionReader)
    async throws(RunError) -> ConnectionList
  {
    var query = DriftDetector.query(file)
    if context.guards.profile?.readsTags == true { query.includesTags = true }
    return try await view.ask(query, reader, context, &report)
  }

  /// Returns the outcomes of the writes, by number, that must not be sent because their targets have
  /// changed. Writes that have already started are left out.
  private mutating func findDrifted(_ plan: Plan, _ listed: ConnectionList) -> [Int: Outcome] {
    var detector = DriftDetector(listed)
    var drifted: [Int: Outcome] = [:]
    for write in plan.writes {
      if recorder?.replay.writes[write.number]?.isUnderWay == true {
        detector.pass(write)
      } else {
        drifted[write.number] = detector.outcome(of: write)
      }
    }
    report.drifted = detector.drifted.count
    return drifted
  }

  private func sayWhatDrifted(_ plan: Plan) {
    guard report.drifted > 0 else { return }
    let total = Set(plan.writes.compactMap(\.planID)).count
    let have = report.drifted.agreeing("has", "have")
    context.output.talk(
      "\(report.drifted) of \(total.counted("target")) \(have) changed "
        + "since the plan was made and will be skipped; make a new plan for "
        + "\(report.drifted.agreeing("it", "them")).")
  }

  /// Reports connections that satisfy the plan's conditions now, but didn't when it was made.
  private func sayWhatElseMatches(_ file: PlanFile, _ listed: [Connection]) async {
    let planned = Set(file.plan.writes.compactMap(\.id))
    var others: [Connection] = []
    // A list with runtime users' connections shows more than one without.
    for selection in file.plan.parts.compactMap(\.selection)
    where !file.header.includesRuntime || selection.contains("list with runtime") {
      let selected = await selected(by: selection, at: file.header.now, among: listed)
      others += selected.filter { !planned.contains($0.id) && !others.contains($0) }
    }
    guard !others.isEmpty else { return }
    let match = others.count.agreeing("matches", "match")
    context.output.talk(
      "\(others.count.counted("more connection")) now \(match) the plan's conditions and "
        + "\(others.count.agreeing("is", "are")) left alone: \(others.briefly(Connection.briefName))"
    )
  }

  /// Returns the rows that the script of a plan selects; none if it does anything but select.
  private func selected(by text: String, at now: Timestamp, among listed: [Connection]) async
    -> [Connection]
  {
    let analysis = Analysis(
      Analysis.Input(name: "selection", bytes: Array(text.utf8), arguments: []),
      vocabulary: .standard, scope: Scope { _ in .unknown })
    let statements = analysis.script?.statements ?? []
    let pipelines = statements.flatMap(\.pipelines)
    guard let script = analysis.script, pipelines.count == 1, let pipeline = pipelines.first,
      !pipeline.writes, pipeline.lists, !pipeline.stages.contains(where: \.isOutput)
    else { return [] }
    var copy = Interpreter(context, Environment(now: now, process: [:]))
    copy.context.sources = analysis.sources
    for case .letExpression(let name, let value) in script.statements {
      copy.environment.variables[name] = (try? copy.evaluator.constant(value)).map { .value($0) }
    }
    return (try? await copy.selection(of: pipeline, among: listed))??.rows
      .compactMap(\.connection) ?? []
  }

  private mutating func showNothing(_ plan: Plan, _ drifted: [Int: Outcome]) throws(RunError) {
    guard report.drifted > 0 else {
      (report.hadNothingToDo, report.selectedNothing) = (true, false)
      return
    }
    let outcomes = plan.writes.compactMap { write in drifted[write.number].map { (write, $0) } }
    for (write, outcome) in outcomes { leaveOut(write, outcome) }
    try show(outcomes)
  }

  /// Checks the limits of the plan and of this run, asks for confirmation, and marks the plan as
  /// applied. For a plan that is being resumed, all of that has happened.
  private mutating func release(
    _ open: Plan, _ file: PlanFile, among listed: [Connection], _ terms: ApplyPreconditions,
    _ writers: any WriterSource
  ) async throws(RunError) -> WriteSession {
    let digest = PlanDigest(
      writes: file.plan.writes.count, sha256: file.hash,
      sentence: open.joiningRounds.sentence,
      conditions: open.conditions)
    if recorder?.replay.hasPlan != true {
      var gate = gate
      gate.context.guards = context.guards.limited(by: file.header.limits)
      try gate.requireAllowed(open, among: listed, sentBefore: 0, at: nil)
    }
    return try await release(open, as: digest, among: listed, writers, at: nil) {
      run throws(RunError) in try terms.use(file, by: run)
    }
  }

  // MARK: The writes

  private mutating func carryOut(
    _ plan: Plan, leaving drifted: [Int: Outcome], _ listed: [Connection], _ session: WriteSession
  ) async throws(RunError) {
    // Each target has just been checked against the plan, which is stricter.
    changedMeanwhile = []
    let present = listed.byID
    var block = PlannedBlock(PlanningCourse(), session, progressLine(of: plan))
    block.progress = PlanProgress(present)
    guard var driver = try driver(of: block) else { return }
    var outcomes: [(PlannedWrite, Outcome)] = []
    for stage in plan.parts.flatMap(\.stages) {
      let found = await driver.execute(stage, known: drifted)
      outcomes += zip(stage.map(driver.progress.resolved), found)
    }
    adopt(driver, in: &block)
    try show(outcomes)
    if let stop = report.stop { throw stop }
  }

  private mutating func show(_ outcomes: [(PlannedWrite, Outcome)]) throws(RunError) {
    let named = ["id", "name"].map {
      Schema.Column($0, $0 == "id" ? .int : .string, nullable: true)
    }
    let schema = Schema(named + Outcome.columns, areConnections: false)
    let rows = outcomes.map { write, outcome in
      let connection = outcome.connection ?? write.connection
      let name = connection?.name ?? write.newName
      let identity: [Value] = [connection.map { .int($0.id) } ?? .null, .string(name)]
      return Row(values: identity + outcome.values(action: write.action.rawValue))
    }
    try show(RowSet(schema, rows), as: nil)
  }
}

extension Guards {
  /// Returns these guards with each limit at least as strict as the plan's.
  fileprivate func limited(by limits: PlanHeader.Limits) -> Guards {
    var guards = self
    guards.expected = limits.expected ?? expected
    guards.maxWrites = [maxWrites, limits.maxWrites].compactMap { $0 }.min()
    guards.maxPercent = [maxPercent, limits.maxPercent].compactMap { $0 }.min()
    return guards
  }
}
