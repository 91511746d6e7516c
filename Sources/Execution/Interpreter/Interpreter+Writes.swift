import API
import Evaluation
import Language
import Planning
import Text

/// Plans the writes of a pipeline, and shows, collects or carries them out.
extension Interpreter {
  /// Writes to the rows that reach the pipeline's first write, or pretends to. Returns the rows at its
  /// end.
  mutating func write(
    _ pipeline: CheckedPipeline, _ stages: ArraySlice<CheckedStage>, _ targets: Selection,
    _ source: RowSet, _ reader: StageReader
  ) async throws(RunError) -> RowSet {
    if !targets.set.rows.isEmpty { report.selectedNothing = false }
    var planner = planner(pipeline, reader)
    var plan = try planner.plan(targets.set, through: stages)
    let listed = try await listing(for: plan.part.writes, targets, pipeline)
    // The writes before are only planned, so the workspace still has its size.
    plan.part.population = course?.listed?.count ?? listed?.count { $0.id > 0 }
    if let plain = try await populationWithoutRuntime(for: plan.part, pipeline) {
      plan.part.population = min(plain, plan.part.population ?? plain)
    }
    plan.part.children = (listed ?? view.whole ?? []).children
    if !plan.part.writes.isEmpty {
      plan.part.sentence = PlanSummary(sources: context.sources, evaluator: evaluator)
        .sentence(plan.part, of: pipeline, targets.set.rows)
    }
    if case .live(_, let writers) = context.mode {
      return try await carryOut(plan, among: listed, pipeline, stages, targets, reader, writers)
    }
    try pretend(plan, among: listed, pipeline)
    course?.add(
      PlanningCourse.Selected(
        span: pipeline.span, source: source, targets: targets.set, listing: listing,
        reader: reader, plan: plan),
      among: listed)
    view.simulated = planner.overlay
    return plan.rows
  }

  private func planner(_ pipeline: CheckedPipeline, _ reader: StageReader) -> Planner {
    Planner(
      pipeline, evaluator, sources: context.sources, reader: reader,
      reasons: reasons, newIDs: newIDs, overlay: view.simulated,
      purpose: context.mode.purpose, firstNumber: numbered + 1)
  }

  /// Shows the writes of a dry run or a preview, or adds them to the plan for a file.
  private mutating func pretend(
    _ plan: PipelinePlan, among listed: [Connection]?, _ pipeline: CheckedPipeline
  ) throws(RunError) {
    if course != nil {
      try gate.requireUnprotected(plan.part.writes, among: listed, at: pipeline.span)
    } else {
      judge(plan, among: listed, pipeline)
    }
    if isPlanning, !plan.part.writes.isEmpty { self.plan.parts.append(plan.part) }
    numbered += plan.part.writes.count
    try showChanges(plan.part)
    for call in plan.part.stages.flatMap(\.calls) { show(CallPrinter.Entry(call)) }
    guard course == nil else { return }
    for one in plan.outputs { try output(one.stage, one.rows, one.span) }
  }

  /// Prints a call, if this run prints calls.
  func show(_ entry: CallPrinter.Entry) {
    switch context.mode {
    case .dryRun(let printer, _), .preview(let printer?, _):
      printCalls(printer.text(entry, context.sources))
    case .preview(nil, _), .planning, .live: return
    }
  }

  // MARK: Live runs

  private mutating func carryOut(
    _ plan: PipelinePlan, among listed: [Connection]?, _ pipeline: CheckedPipeline,
    _ stages: ArraySlice<CheckedStage>, _ targets: Selection, _ reader: StageReader,
    _ writers: any WriterSource
  ) async throws(RunError) -> RowSet {
    let whole = Plan([plan.part], notes: remarks)
    let session = try await permit(whole, among: listed, writers, at: pipeline.span)
    numbered += plan.part.writes.count
    var block = PlannedBlock(PlanningCourse(), session, progressLine(of: whole))
    return try await perform(plan, on: targets.set, through: stages, reader, in: &block)
  }

  /// Carries out a pipeline of a block that was planned ahead.
  mutating func carryOut(_ pipeline: CheckedPipeline) async throws(RunError) -> RowSet {
    guard var block = self.block else { throw RunError(.internalError, "nothing was planned") }
    defer { self.block = block }
    let selected = try block.pipeline(at: pipeline.span)
    listing = selected.listing
    let first = pipeline.stages.firstIndex { $0.effect > .read } ?? pipeline.stages.endIndex
    // Shows what the stages before the first write show.
    _ = try pass(selected.source, through: pipeline.stages[..<first], selected.reader)
    let targets = RowSet(
      selected.targets.schema, selected.targets.rows.map(block.progress.real))
    return try await perform(
      selected.plan, on: targets, through: pipeline.stages[first...], selected.reader,
      in: &block)
  }

  /// Passes rows through the stages of a confirmed plan, sends its writes, and shows what they show.
  private mutating func perform(
    _ plan: PipelinePlan, on targets: RowSet, through stages: ArraySlice<CheckedStage>,
    _ reader: StageReader, in block: inout PlannedBlock
  ) async throws(RunError) -> RowSet {
    var walk = StageExecution(plan: plan, driver: try driver(of: block))
    defer { if let driver = walk.driver { adopt(driver, in: &block) } }
    var set = targets
    for stage in stages {
      switch stage.operation {
      case .write(let write):
        let planner = WritePlanner(stage, write, evaluator, context.sources)
        let acted = try await walk.execute(planner, set, lastNumber: &numbered)
        acted.sent.forEach { view.store($0.write, $0.outcome) }
        set = RowSet(stage.output, acted.rows)
      case .output(let output): try self.output(output, set, stage.span)
      case .rows, .comparison, .lookup, .check:
        set = try reader.rows(of: set, behind: stage, evaluator)
      }
    }
    return set
  }
}

extension RunMode {
  fileprivate var purpose: Planner.Purpose {
    switch self {
    case .dryRun, .preview: .display
    case .planning(_, let purpose): purpose
    case .live: .execution
    }
  }
}
