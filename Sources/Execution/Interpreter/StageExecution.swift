import API
import Evaluation
import Planning

/// Carries out the write stages of a planned pipeline on its actual rows.
///
/// Rows behind a write stage depend on its outcomes. What is sent for such a row is still what was
/// planned for it when every write was assumed to succeed, and nothing for a row without a plan.
struct StageExecution {
  private var stages: ArraySlice<PipelinePlan.Stage>
  private(set) var driver: ExecutorDriver?

  init(plan: PipelinePlan, driver: ExecutorDriver?) {
    stages = plan.stages[...]
    self.driver = driver
  }

  /// Sends what is planned for the rows of the next write stage. Returns the rows behind it, and what
  /// was sent. `lastNumber` is the number of the last write so far.
  mutating func execute(_ planner: WritePlanner, _ set: RowSet, lastNumber: inout Int)
    async throws(RunError) -> (rows: [Row], sent: [(write: PlannedWrite, outcome: Outcome)])
  {
    var planned = stages.popFirst()
    var known: [Int: Outcome] = [:]
    let all = try planner.distinct(set.rows)
    let decisions: [WritePlanner.Decision] = try all.mapping { row throws(RunError) in
      if let skipped = planner.skipped(row) { return .outcome(skipped) }
      if let decision = planned?.removeFirst(for: planID(of: row)) {
        return try completed(decision, planner, row)
      }
      lastNumber += 1
      known[lastNumber] = Self.unplanned
      var write = try planner.planned(row)
      write.number = lastNumber
      return .write(write)
    }
    let writes = decisions.compactMap(\.write)
    let outcomes = await driver?.execute(writes, known: known) ?? []
    var left = outcomes[...]
    let rows = zip(all, decisions).map { row, decision in
      planner.outcomeRow(
        row, decision.write == nil ? real(decision.outcome) : left.popFirst() ?? Self.unplanned)
    }
    return (rows, Array(zip(writes, outcomes)))
  }

  private static let unplanned = Outcome(.skipped, "not in the confirmed plan")
  private static let baseless = Outcome(.skipped, "uses a new connection that was not created")

  /// Returns the outcome with the connection that the plan's id stands for.
  private func real(_ outcome: Outcome) -> Outcome {
    guard let id = outcome.connection?.id, id < 0 else { return outcome }
    guard let connection = driver?.progress.connection(id) else { return Self.baseless }
    return Outcome(outcome.kind, outcome.reason, connection: connection)
  }

  /// The id by which the plan refers to the row's connection.
  private func planID(of row: Row) -> Int64? {
    row.connection.map { driver?.progress.planID(of: $0.id) ?? $0.id }
  }

  /// Returns the decision with the values that waited for the id of a new connection. Without that
  /// connection there is nothing to send.
  private func completed(
    _ decision: WritePlanner.Decision, _ planner: WritePlanner, _ row: Row
  ) throws(RunError) -> WritePlanner.Decision {
    guard case .write(let write) = decision, write.awaitsID else { return decision }
    let current = try planner.planned(row)
    return current.awaitsID
      ? .outcome(Self.baseless) : .write(write.with(id: write.id, current.members))
  }
}
