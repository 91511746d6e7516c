import API
import Evaluation
import Planning

/// Carries out the stages of a confirmed plan, one after the other. What depends on a write that was
/// not done is left out, and ids of connections that the plan created are filled in.
struct PlanExecution {
  private(set) var driver: ExecutorDriver
  private(set) var progress: PlanProgress

  init(_ driver: ExecutorDriver, _ progress: PlanProgress = PlanProgress()) {
    self.driver = driver
    self.progress = progress
  }

  /// Returns the outcomes of the writes of one stage, which use the plan's ids. Writes whose number is
  /// in `known` get that outcome and are not sent.
  mutating func execute(_ writes: [PlannedWrite], known: [Int: Outcome] = [:]) async -> [Outcome] {
    var known = known
    for write in writes where known[write.number] == nil {
      known[write.number] = progress.obstacle(to: write)
    }
    // References are to connections that earlier stages created.
    let outcomes = await driver.execute(writes.map(progress.resolved), known: known)
    for (write, outcome) in zip(writes, outcomes) { progress.record(write, outcome) }
    return outcomes
  }
}
