import Evaluation
import Language

/// Consecutive statements whose writes are planned together, and confirmed by one answer.
///
/// A block ends before a statement that depends on the outcome of one of its writes, since that isn't
/// known until the write is done. A statement that only reads what earlier writes of the block change
/// stays in it: it is planned on the workspace as these writes would leave it.
package struct PlanningBlock: Sendable {
  package private(set) var statements: ArraySlice<CheckedStatement>
  /// The pipelines that read what an earlier write of the block may change.
  package private(set) var simulated: [SourceSpan] = []
  /// The place that depends on an outcome, and so is planned later; `nil` if the script ends first.
  package private(set) var next: SourceSpan?
  /// Variables that hold rows written by the block, or values computed from them.
  private var outcomes: Set<String> = []
  private var changed = ChangedFields()

  /// `false` iff the first statement itself depends on the outcome of one of its own writes.
  package private(set) var isPlannable = true

  /// Creates a block that starts with the first of the statements.
  package init(_ statements: ArraySlice<CheckedStatement>) {
    self.statements = statements
    for index in statements.indices {
      var extended = self
      guard let span = extended.add(statements[index]) else {
        self = extended
        continue
      }
      if index == statements.startIndex { isPlannable = false } else { next = span }
      self.statements = statements[..<max(index, statements.startIndex + 1)]
      return
    }
  }

  /// Adds a statement. Returns the first place in it that decides by an outcome what is written.
  private mutating func add(_ statement: CheckedStatement) -> SourceSpan? {
    for inner in [statement].nested {
      if let span = dependence(of: inner) { return span }
      visit(inner)
    }
    return nil
  }

  package var pipelines: [CheckedPipeline] { statements.flatMap(\.pipelines) }

  /// `true` iff it has more than one pipeline that writes, or one that does so repeatedly.
  package var isCompound: Bool {
    let writing = pipelines.filter(\.writes)
    return writing.count > 1 || writing.contains { $0.rounds != .atMost(1) }
  }

  // MARK: Outcomes

  private func dependence(of statement: CheckedStatement) -> SourceSpan? {
    switch statement {
    case .branch(let condition, _, _): depends(condition) ? condition.span : nil
    case .letPipeline(_, let pipeline), .pipeline(let pipeline):
      pipeline.writes ? dependence(of: pipeline) : nil
    case .loop(let loop):
      switch loop.source {
      case .list(let list): depends(list) ? list.span : nil
      case .pipeline(let pipeline): dependence(of: pipeline)
      }
    case .letExpression, .print: nil
    }
  }

  /// Returns the first stage before the pipeline's own first write that reads an earlier outcome.
  private func dependence(of pipeline: CheckedPipeline) -> SourceSpan? {
    let isOutcome =
      if case .variable(let name) = pipeline.source.kind { outcomes.contains(name) } else { false }
    let own = pipeline.stages.firstIndex { $0.effect > .read } ?? pipeline.stages.endIndex
    for (index, stage) in pipeline.stages.enumerated() {
      if isOutcome, index <= own, stage.readsOutcomes { return stage.span }
      if stage.arguments.expressions.contains(where: depends) { return stage.span }
    }
    if case .get(let ids) = pipeline.source.kind, ids.contains(where: depends) {
      return pipeline.source.span
    }
    return nil
  }

  private func depends(_ expression: CheckedExpression) -> Bool {
    expression.contains { operand in
      switch operand.kind {
      case .variable(let name, _): outcomes.contains(name)
      case .rowField(let name, _, let column):
        outcomes.contains(name) && Outcome.columns.contains { $0.name == column }
      default: false
      }
    }
  }

  // MARK: Statements

  private mutating func visit(_ statement: CheckedStatement) {
    switch statement {
    case .letExpression(let name, let value): record(name, depends(value))
    case .letPipeline(let name, let pipeline): record(name, visit(pipeline))
    case .pipeline(let pipeline): _ = visit(pipeline)
    case .loop(let loop):
      if case .pipeline(let pipeline) = loop.source { record(loop.variable, visit(pipeline)) }
    case .branch, .print: return
    }
  }

  private mutating func record(_ name: String, _ depends: Bool) {
    if depends { outcomes.insert(name) } else { outcomes.remove(name) }
  }

  /// Returns `true` iff the pipeline's rows hold outcomes of the block.
  private mutating func visit(_ pipeline: CheckedPipeline) -> Bool {
    if changed.isRead(by: pipeline) { simulated.append(pipeline.span) }
    for write in pipeline.stages.compactMap(\.write) { changed.add(write) }
    if case .variable(let name) = pipeline.source.kind, outcomes.contains(name) { return true }
    return pipeline.writes
  }
}

/// What writes may change for the pipelines behind them.
private struct ChangedFields {
  private var names: Set<String> = []
  /// `true` iff a write makes or removes connections.
  private var changesPopulation = false

  mutating func add(_ write: WriteStage) {
    let action = write.action.definition
    changesPopulation = changesPopulation || action.lifecycle != .continues
    names.formUnion(["updated_at", "raw"])
    names.formUnion(write.assignments.map(\.field.name))
    names.formUnion(action.changedStates)
  }

  func isRead(by pipeline: CheckedPipeline) -> Bool {
    guard pipeline.lists, !names.isEmpty else { return false }
    let read = pipeline.stages.flatMap(\.arguments.expressions)
      .reduce(into: Set<String>()) { $0.formUnion($1.fieldsRead) }
    return changesPopulation || !names.isDisjoint(with: read)
  }
}
