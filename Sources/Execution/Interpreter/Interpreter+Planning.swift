import API
import Evaluation
import Language
import Planning

/// Collects the writes for a plan file and simulates their effects.
struct PlanningHand: WriteHand {
  var pretended: WorkspaceOverlay
  private(set) var writes: [PlannedWrite] = []

  init(_ pretended: WorkspaceOverlay) { self.pretended = pretended }

  mutating func carryOut(_ writes: [PlannedWrite]) async -> [Outcome] {
    self.writes += writes
    return writes.map { Outcome(.done, connection: pretended.apply($0)) }
  }
}

extension Interpreter {
  /// Number of writes in the steps so far.
  package var plannedWrites: Int { steps.reduce(0) { $0 + $1.plan.writes.count } }

  /// Adds the pipeline's writes as a step of the plan, if the guards allow them.
  mutating func plan(
    _ pipeline: CheckedPipeline, _ stages: ArraySlice<CheckedStage>, _ selected: RowSet,
    _ population: [Connection]?
  ) async throws(RunError) -> RowSet {
    var hand = PlanningHand(pretended)
    let outcomes = try await pass(selected, through: stages, &hand)
    let plan = try await proving(
      WritePlan(
        bound: pipeline.selectionBound, selected: selected.rows.count, writes: hand.writes,
        population: population), of: pipeline)
    try requireUnprotected(plan, at: pipeline.span)
    try context.guards.check(plan, sentBefore: plannedWrites)
    pretended = hand.pretended
    guard !plan.writes.isEmpty else { return outcomes }
    let restatement = PlanSummary(sources: context.sources, evaluator: evaluator)
    steps.append(
      PlannedStep(
        pipeline: pipeline, selection: selected.rows, plan: plan,
        sentence: restatement.sentence(plan, of: pipeline, selected.rows)))
    return outcomes
  }
}
