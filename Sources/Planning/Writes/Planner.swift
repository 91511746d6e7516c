import API
import Evaluation
import JSON
import Language
import Text

/// Plans the writes of a pipeline: passes its rows through its stages as if every write succeeded.
/// It sends nothing and has no other effect.
package struct Planner {
  private let pipeline: CheckedPipeline
  private let evaluator: Evaluator
  private let sources: SourceMap
  private let reader: StageReader
  private let reasons: SelectionReasons
  private let newIDs: NewIDs
  private let purpose: Purpose
  private let firstNumber: Int
  package private(set) var overlay: WorkspaceOverlay
  private var writes: [PlannedWrite] = []
  /// The connections that reach the first write, as they were listed.
  private var selected: [Int64: Connection] = [:]
  private var readsOutcomes = false

  /// What a plan is for.
  package enum Purpose: Sendable {
    case display
    /// It is carried out by the script itself. Checks that read outcomes wait for the real ones.
    case execution
    /// It is carried out without the script, so that every value must be known now.
    case file
  }

  /// `firstNumber` is the place of the first write in the run.
  package init(
    _ pipeline: CheckedPipeline, _ evaluator: Evaluator, sources: SourceMap, reader: StageReader,
    reasons: SelectionReasons, newIDs: NewIDs, overlay: WorkspaceOverlay, purpose: Purpose,
    firstNumber: Int
  ) {
    self.pipeline = pipeline
    self.evaluator = evaluator
    self.sources = sources
    self.reader = reader
    self.reasons = reasons
    self.newIDs = newIDs
    self.overlay = overlay
    self.purpose = purpose
    self.firstNumber = firstNumber
  }

  /// Returns the plan for the rows that reach the first of `stages`, the pipeline's first write.
  package mutating func plan(_ selected: RowSet, through stages: ArraySlice<CheckedStage>)
    throws(RunError) -> PipelinePlan
  {
    self.selected = selected.rows.compactMap(\.connection).byID
    var plan = PipelinePlan(part: part(behind: stages.first), rows: selected)
    for stage in stages {
      readsOutcomes = readsOutcomes || stage.readsOutcomes
      switch stage.operation {
      case .write(let write): try pass(write, stage, &plan)
      case .output(let output):
        plan.outputs.append((output, plan.rows, stage.span))
      case .check where purpose == .execution && readsOutcomes: continue
      case .check where purpose != .execution:
        let rows = plan.rows
        do throws(RunError) { _ = try reader.rows(of: rows, behind: stage, evaluator) } catch {
          guard error.exitCode == .guardRefused else { throw error }
          plan.refusal = plan.refusal ?? error
        }
      case .rows, .comparison, .lookup, .check:
        plan.rows = try reader.rows(of: plan.rows, behind: stage, evaluator)
      }
    }
    plan.part.writes = writes
    return plan
  }

  private func part(behind stage: CheckedStage?) -> Plan.Part {
    let reason = stage.flatMap { reasons.writes[$0.span] } ?? SelectionReason()
    return Plan.Part(
      location: ScriptLocation(pipeline.span, sources),
      conditions: reason.conditions.map { sources.text($0).onOneLine },
      selection: SelectionText(evaluator, sources: sources).script(of: pipeline), selected: 0,
      population: nil, bound: pipeline.selectionBound, writes: [])
  }

  // MARK: Writes

  private mutating func pass(
    _ write: WriteStage, _ stage: CheckedStage, _ plan: inout PipelinePlan
  ) throws(RunError) {
    let computed = overlay.createsConnections ? newIDs.uses : []
    let planner = WritePlanner(stage, write, evaluator, sources, computed: computed)
    let rows = try planner.distinct(plan.rows.rows)
    if plan.stages.isEmpty { plan.part.selected = rows.count }
    var decided = PipelinePlan.Stage()
    var repeats = RepeatedCreates(reader.workspace(for: stage).map(overlay.applied))
    plan.rows = RowSet(
      stage.output,
      try rows.mapping { row throws(RunError) in
        let (decision, outcome) = try pretend(repeats.judge(try planner.decide(row), row))
        repeats.add(decision, row, outcome.connection)
        decided.add(decision, for: row.connection?.id)
        return planner.outcomeRow(row, outcome)
      })
    plan.stages.append(decided)
    guard let refusal = repeats.refusal(at: stage.span) else { return }
    if purpose == .execution { throw refusal }
    plan.refusal = plan.refusal ?? refusal
  }

  /// Returns the decision, completed, and its outcome if it succeeds.
  private mutating func pretend(_ decision: WritePlanner.Decision) throws(RunError)
    -> (WritePlanner.Decision, Outcome)
  {
    guard case .write(var write) = decision else { return (decision, decision.outcome) }
    if write.awaitsID, purpose == .file {
      throw RunError.unknownID(at: write.span ?? pipeline.span)
    }
    let connection = overlay.apply(write)
    write.newID = write.creates ? connection?.id : nil
    write.number = firstNumber + writes.count
    write.location = ScriptLocation(write.span ?? pipeline.span, sources)
    write.matched = matched(write)
    writes.append(write)
    return (.write(write), Outcome(.done, connection: connection))
  }

  /// Returns the values that the conditions read from the row of a write.
  private func matched(_ write: PlannedWrite) -> JSON.Object {
    let fields = write.span.flatMap { reasons.writes[$0]?.fields.sorted() } ?? []
    let row = write.id.flatMap { selected[$0] } ?? write.connection
    return JSON.Object(fields.map { ($0, row?.shown($0) ?? .null) })
  }
}

extension RunError {
  /// The error for a plan file, which is applied without its script.
  fileprivate static func unknownID(at span: SourceSpan) -> RunError {
    RunError(
      .usage, "the id of a connection that the plan creates isn't known until it is created",
      help:
        "use it only as the `parent_id` of another connection, run the script directly, or plan "
        + "in two steps",
      at: span)
  }
}
