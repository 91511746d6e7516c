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
    try requireWritable()
    try await checkWorkspaceAgain()
    let listed = try await list(for: file.plan, reader)
    var proof = DriftDetector(listed)
    let steps = proven(file.plan, &proof)
    sayWhatDrifted(file.plan)
    let writes = steps.flatMap(\.writes)
    guard !writes.isEmpty else { return try showNothing(steps) }
    let plan = WritePlan(
      bound: .atMost(writes.count), selected: writes.count, writes: writes, population: listed)
    let session = try await released(plan, steps, file, terms, writers)
    try await carryOut(steps, proof, plan, session)
  }

  /// Applies the plan, and returns the error that ended it early, if any.
  package mutating func outcome(of file: PlanFile, _ terms: ApplyPreconditions) async -> RunError? {
    defer { report.include(recorder) }
    do {
      try await apply(file, terms)
      return nil
    } catch {
      return error
    }
  }

  // MARK: Before the first write

  private mutating func list(for plan: SavedPlan, _ reader: any ConnectionReader)
    async throws(RunError) -> [Connection]
  {
    var query = DriftDetector.query(plan)
    if context.guards.profile?.readsTags == true { query.includesTags = true }
    return try await ask(reader, query)
  }

  /// Checks each target that has not been written to yet against the plan.
  private mutating func proven(_ plan: SavedPlan, _ proof: inout DriftDetector) -> [ProvenStep] {
    var number = 0
    let steps = plan.steps.map { step in
      let writes = step.writes.map { entry in
        number += 1
        if recorder?.writes[number]?.isUnderWay == true {
          proof.pass(entry)
          return ProvenStep.Write(number: number, entry: entry, known: nil)
        }
        return ProvenStep.Write(number: number, entry: entry, known: proof.outcome(of: entry))
      }
      return ProvenStep(step: step, all: writes)
    }
    report.drifted = proof.drifted.count
    return steps
  }

  private func sayWhatDrifted(_ plan: SavedPlan) {
    guard report.drifted > 0 else { return }
    let total = Set(plan.entries.compactMap(\.write.id)).count
    let have = report.drifted.agreeing("has", "have")
    context.output.talk(
      "\(report.drifted) of \(total.counted("target")) \(have) changed "
        + "since the plan was made and will be skipped; make a new plan for "
        + "\(report.drifted.agreeing("it", "them")).")
  }

  private mutating func showNothing(_ steps: [ProvenStep]) throws(RunError) {
    guard report.drifted > 0 else { return report.hadNothingToDo = true }
    let outcomes = steps.flatMap(\.all).compactMap { one in
      one.known.map { (one.number, one.entry.write, $0) }
    }
    for (number, write, outcome) in outcomes {
      report.tally.add(write.action, outcome.kind)
      report.problems.add(outcome, to: write)
      context.events.emit(.outcome(outcome, of: ExecutorRow(write, number: number)))
    }
    try show(outcomes.map { ($0.1, $0.2) })
  }

  /// Checks the guards, asks for confirmation and marks the plan as applied. For a plan that is
  /// being resumed, all of that has happened; only what may have changed since is checked again.
  private mutating func released(
    _ plan: WritePlan, _ steps: [ProvenStep], _ file: PlanFile, _ terms: ApplyPreconditions,
    _ writers: any WriterSource
  ) async throws(RunError) -> WriteSession {
    let sentence = file.plan.steps.map { $0.sentence.escapingHiddenCharacters() }
      .joined(separator: "\n")
    let recorded = RecordedPlan(
      writes: file.plan.entries.count, sha256: file.hash, sentence: sentence)
    if let past = recorder?.recordedPlan() {
      try past.require(recorded, at: nil)
      context.setWriting(true)
      let left = plan.keeping { recorder?.isOpen($0) ?? true }
      try requireUnprotected(left, at: nil, isKnown: true)
      try requireTime(writers.forecast(writes: left.writes.count))
      return try await session(for: plan, writers)
    }
    try judge(steps, plan.population ?? [], file.plan.header.limits)
    try requireUnprotected(plan, at: nil)
    report.proposed = recorded
    let session = try await confirmed(plan, recorded, writers)
    // In this order: a plan must not be marked as applied by a run that can't be resumed.
    try openRecord()
    try terms.use(file, by: recorder?.directory?.id ?? "")
    try record(recorded, writers.forecast(writes: plan.writes.count))
    return session
  }

  /// Checks the guards of the plan and of this run, as was done when the plan was made.
  private func judge(
    _ steps: [ProvenStep], _ listed: [Connection], _ limits: SavedPlan.Limits
  ) throws(RunError) {
    let guards = context.guards.limited(by: limits)
    var sent = 0
    for step in steps {
      try guards.check(
        WritePlan(
          bound: .atMost(step.writes.count), selected: step.step.selected, writes: step.writes,
          population: listed), sentBefore: sent)
      sent += step.writes.count
    }
  }

  // MARK: The writes

  private mutating func carryOut(
    _ steps: [ProvenStep], _ proof: DriftDetector, _ plan: WritePlan, _ session: WriteSession
  ) async throws(RunError) {
    // Each target has just been checked against the plan, which is stricter.
    changedMeanwhile = []
    let nothing = WritePlan(bound: plan.bound, selected: 0, writes: [], population: nil)
    var hand = try hand(for: nothing, session, total: steps.reduce(0) { $0 + $1.all.count })
    var progress = PlanProgress(proof)
    var outcomes: [(PlannedWrite, Outcome)] = []
    for step in steps { outcomes += await Self.carryOut(step, &progress, &hand) }
    adopt(hand)
    try show(outcomes)
    if let stop = report.stop { throw stop }
  }

  private static func carryOut(
    _ step: ProvenStep, _ progress: inout PlanProgress, _ hand: inout LiveHand
  ) async -> [(PlannedWrite, Outcome)] {
    var outcomes: [(PlannedWrite, Outcome)] = []
    for batch in step.batches {
      var known: [Int: Outcome] = [:]
      for one in batch {
        known[one.number] = one.known ?? progress.obstacle(to: one.entry.write)
      }
      // References in a batch are to connections that earlier batches created.
      let writes = batch.map { progress.resolved($0.entry.write) }
      hand.permit(zip(batch, writes).filter { known[$0.0.number] == nil }.map(\.1))
      let answers = await hand.carryOut(writes, numbers: batch.map(\.number), known: known)
      for (one, outcome) in zip(batch, answers) {
        outcomes.append((progress.resolved(one.entry.write), outcome))
        progress.record(one.entry.write, outcome)
      }
    }
    return outcomes
  }

  private func show(_ outcomes: [(PlannedWrite, Outcome)]) throws(RunError) {
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
    let set = RowSet(schema, rows)
    context.output.data(
      try context.format.text(set, style: context.style, width: context.width))
  }
}

/// A step of a plan after its targets were checked; writes that must not be sent have an outcome.
private struct ProvenStep: Sendable {
  let step: SavedPlan.Step
  let all: [Write]

  struct Write: Sendable {
    /// Its place in the plan, from 1.
    let number: Int
    let entry: SavedPlan.Entry
    let known: Outcome?
  }

  /// The writes of each stage, in order; within a batch, none depends on another.
  var batches: [[Write]] {
    var batches: [[Write]] = []
    for write in all {
      if let last = batches.last?.last?.entry, last.isOfSameStage(as: write.entry) {
        batches[batches.count - 1].append(write)
      } else {
        batches.append([write])
      }
    }
    return batches
  }

  /// The writes to be sent.
  var writes: [PlannedWrite] { all.filter { $0.known == nil }.map(\.entry.write) }
}

extension SavedPlan.Entry {
  fileprivate func isOfSameStage(as other: SavedPlan.Entry) -> Bool {
    location == other.location && write.action == other.write.action
  }
}

extension Guards {
  /// Returns these guards with each limit at least as strict as the plan's.
  fileprivate func limited(by limits: SavedPlan.Limits) -> Guards {
    var guards = self
    guards.expected = limits.expected ?? expected
    guards.maxWrites = [maxWrites, limits.maxWrites].compactMap { $0 }.min()
    guards.maxPercent = [maxPercent, limits.maxPercent].compactMap { $0 }.min()
    return guards
  }
}
