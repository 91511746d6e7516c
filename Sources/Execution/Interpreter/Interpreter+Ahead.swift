import API
import ConnectionsClient
import Evaluation
import Language
import Planning
import Text

/// Plans statements ahead, so that a script asks as seldom as it can.
extension Interpreter {
  mutating func statements(_ statements: [CheckedStatement]) async throws(RunError) {
    var rest = statements[...]
    let isLast = isLast
    while let statement = rest.first {
      if isLive, context.isInterrupted() { throw RunError.interrupted }
      if !isUnderway, !isStepwise, statement.writes {
        let block = PlanningBlock(rest)
        rest = rest[block.statements.endIndex...]
        self.isLast = isLast && rest.isEmpty
        try await run(block)
      } else {
        if !isUnderway || isStepwise { view.answers = [:] }
        rest = rest.dropFirst()
        self.isLast = isLast && rest.isEmpty
        try await self.statement(statement)
      }
      if let stop = report.stop { throw stop }
    }
  }

  /// `true` iff an earlier version started the run that is resumed, and planned it statement by
  /// statement.
  var isStepwise: Bool { recorder?.replay.isPlannedStepwise ?? false }

  /// Runs the statements of a block. Its pipelines share their lists.
  private mutating func run(_ block: PlanningBlock) async throws(RunError) {
    view.answers = [:]
    guard block.isPlannable else {
      return try await statement(block.statements[block.statements.startIndex])
    }
    let outer = (context.pushesDown, sharesTags)
    isUnderway = true
    defer { (context.pushesDown, sharesTags, isUnderway) = (outer.0, outer.1, false) }
    shareLists(of: block)
    remarks = notes(on: block)
    if isLive, block.isCompound { try await planAhead(block) }
    defer { (self.block, remarks) = (nil, []) }
    do { try await execute(block) } catch {
      skipRest(because: error)
      throw error
    }
    if case .preview = context.mode { remarks.forEach(context.output.talk) }
  }

  private mutating func execute(_ block: PlanningBlock) async throws(RunError) {
    let isLast = isLast
    for (index, statement) in zip(block.statements.indices, block.statements) {
      if isLive, context.isInterrupted() { throw RunError.interrupted }
      self.isLast = isLast && index == block.statements.endIndex - 1
      try await self.statement(statement)
      if let stop = report.stop { throw stop }
    }
  }

  /// Reports the confirmed writes of pipelines that weren't reached.
  private mutating func skipRest(because error: RunError) {
    let outcome = Outcome(.skipped, "not tried: \(error.message)")
    for write in block?.unreached ?? [] { leaveOut(write, outcome) }
  }

  mutating func leaveOut(_ write: PlannedWrite, _ outcome: Outcome) {
    report.tally.add(write.action, outcome.kind)
    report.problems.add(outcome, to: write)
    context.events.emit(.outcome(outcome, of: write))
  }

  /// If several pipelines list the workspace, one list without filters serves them all.
  private mutating func shareLists(of block: PlanningBlock) {
    let listing = block.pipelines.filter(\.lists)
    guard listing.count > 1, block.isCompound else { return }
    context.pushesDown = false
    sharesTags = listing.contains { pipeline in
      Pushdown(pipeline, evaluator, allowed: false).query.includesTags
    }
  }

  /// Plans the statements as if every write succeeded, and asks once for all of them.
  private mutating func planAhead(_ block: PlanningBlock) async throws(RunError) {
    guard case .live(let reader, let writers) = context.mode else { return }
    let ahead = try await planned(block, reader)
    let plan = Plan(ahead.plan.parts, notes: remarks)
    let session = try await permit(plan, among: ahead.listed, writers, at: nil)
    self.block = PlannedBlock(ahead, session, progressLine(of: plan))
  }

  /// Runs the statements without carrying anything out, and returns their plan. The run keeps what was
  /// listed, read and counted.
  private mutating func planned(_ block: PlanningBlock, _ reader: any ConnectionReader)
    async throws(RunError) -> PlanningCourse
  {
    var copy = self
    copy.context.mode = .planning(reader, for: .execution)
    copy.context.output = TalkOnly(rest: context.output)
    copy.course = PlanningCourse()
    var failure: RunError?
    do { try await copy.statements(Array(block.statements)) } catch { failure = error }
    (recorder, report, numbered) = (copy.recorder, copy.report, copy.numbered)
    view = copy.view
    view.simulated = WorkspaceOverlay()
    if let failure { throw failure }
    return copy.course ?? PlanningCourse()
  }

  /// The remarks on the plan that are shown before the question.
  private func notes(on block: PlanningBlock) -> [String] {
    let places = { (spans: [SourceSpan]) in
      ListText.listed(spans.map { context.sources.location(of: $0) })
    }
    let simulated =
      block.simulated.isEmpty
      ? []
      : [
        "Planned on the workspace as the writes before would leave it: \(places(block.simulated))."
      ]
    let later = block.next.map {
      "What follows depends on the outcomes and is planned when they are known: \(places([$0]))."
    }
    return simulated + [later].compactMap { $0 }
  }
}

/// Passes on messages and progress, but no data; without an output for them, nothing at all.
struct TalkOnly: Output {
  let rest: (any Output)?

  var showsProgress: Bool { rest?.showsProgress ?? false }
  func data(_ text: String) {}
  func talk(_ line: String) { rest?.talk(line) }
  func progress(_ line: String) { rest?.progress(line) }
}
