import Evaluation
import Language

/// Consecutive statements whose writes are planned together, and confirmed by one answer.
///
/// A block ends before a statement that depends on the outcome of one of its writes, or on what only the
/// server can tell after it, such as a new id: that isn't known until the write is done. A statement
/// that only reads what earlier writes of the block change stays in it: it is planned on the workspace
/// as these writes would leave it.
package struct PlanningBlock: Sendable {
  package private(set) var statements: ArraySlice<CheckedStatement>
  /// The pipelines that read what an earlier write of the block may change.
  package private(set) var simulated: [SourceSpan] = []
  /// The place that depends on what the writes show, and so is planned later; `nil` if the script ends
  /// first.
  package private(set) var next: SourceSpan?
  /// Variables that hold rows written by the block, or values computed from them.
  private var outcomes = OutcomeVariables()
  private var saves = false
  private var changed = ChangedFields()
  private var unknown = UnknownFields()
  private var newIDs = NewIDs()

  /// `false` iff the first statement itself depends on what one of its own writes shows.
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

  /// Adds a statement, unless a place in it decides by what a write shows; then returns the first.
  private mutating func add(_ statement: CheckedStatement) -> SourceSpan? {
    for inner in [statement].nested {
      if let span = dependence(of: inner) { return span }
      record(inner)
      newIDs.visit(inner)
      // The second iteration of a loop comes after the writes of the first.
      if case .loop(let loop) = inner {
        loop.body.flatMap(\.pipelines).flatMap(\.stages).compactMap(\.write)
          .forEach { unknown.add($0) }
      }
    }
    return nil
  }

  /// The places in a script that depend on what only the server can tell after a write.
  static func dependences(in statements: [CheckedStatement]) -> [SourceSpan] {
    var (rest, spans) = (statements[...], [SourceSpan]())
    while !rest.isEmpty {
      let block = PlanningBlock(rest)
      if let next = block.next { spans.append(next) }
      rest = rest[block.statements.endIndex...]
    }
    return spans
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
    case .branch(let condition, _, _):
      let depends =
        outcomes.areRead(by: condition) || unknown.areRead(by: condition, in: outcomes)
        || newIDs.areRead(by: condition)
      return depends ? condition.span : nil
    case .letPipeline(_, let pipeline):
      return pipeline.writes ? dependence(of: pipeline) : selectionDependence(of: pipeline)
    case .pipeline(let pipeline):
      let isLate = saves && pipeline.readsFile
      return pipeline.writes ? dependence(of: pipeline) : isLate ? pipeline.span : nil
    case .loop(let loop):
      switch loop.source {
      case .list(let list): return outcomes.areRead(by: list) ? list.span : nil
      case .pipeline(let pipeline): return dependence(of: pipeline)
      }
    case .letExpression, .print: return nil
    }
  }

  /// Returns the place where the pipeline reads a file that the block saves, or selects rows by what
  /// only the server can tell.
  private func selectionDependence(of pipeline: CheckedPipeline) -> SourceSpan? {
    if saves, pipeline.readsFile { return pipeline.span }
    guard pipeline.lists || pipeline.looksUp || outcomes.source(of: pipeline) != nil else {
      return nil
    }
    return unknown.firstSelecting(in: pipeline)?.span
  }

  /// Returns the first place before the pipeline's own first write that depends on an earlier outcome.
  private func dependence(of pipeline: CheckedPipeline) -> SourceSpan? {
    if let span = selectionDependence(of: pipeline) { return span }
    if outcomes.source(of: pipeline) == .value { return pipeline.source.span }
    if case .get(let ids) = pipeline.source.kind, ids.contains(where: outcomes.areRead) {
      return pipeline.source.span
    }
    if let stage = newIDs.firstUse(in: pipeline) { return stage.span }
    let own = pipeline.stages.firstIndex { $0.effect > .read } ?? pipeline.stages.endIndex
    let isOutcome = outcomes.source(of: pipeline) != nil
    return pipeline.stages.enumerated().first { index, stage in
      readsOutcomes(stage) || isOutcome && index <= own && stage.readsOutcomes
    }?.element.span
  }

  private func readsOutcomes(_ stage: CheckedStage) -> Bool {
    stage.arguments.expressions.contains(where: outcomes.areRead) || outcomes.areCompared(in: stage)
  }

  // MARK: Statements

  private mutating func record(_ statement: CheckedStatement) {
    guard let (name, source) = statement.binding else { return }
    switch source {
    case .list(let value): outcomes.record(name, outcomes.areRead(by: value) ? .value : nil)
    case .pipeline(let pipeline):
      let isUsed = name != OutcomeVariables.last || pipeline.writes
      outcomes.record(name, visit(pipeline, isUsed: isUsed))
    }
  }

  /// Returns what the pipeline's rows depend on. `isUsed` is `true` iff they may decide what is
  /// written.
  private mutating func visit(
    _ pipeline: CheckedPipeline, isUsed: Bool
  ) -> OutcomeVariables.Dependence? {
    let isUnknown = !pipeline.writes && dependence(of: pipeline) != nil
    if isUsed, changed.isRead(by: pipeline) { simulated.append(pipeline.span) }
    saves = saves || pipeline.savesFile
    for write in pipeline.stages.compactMap(\.write) {
      changed.add(write)
      unknown.add(write)
    }
    if isUnknown { return .value }
    return outcomes.source(of: pipeline) ?? (pipeline.writes ? .outcomes : nil)
  }
}

extension CheckedPipeline {
  fileprivate var readsFile: Bool {
    source.isFile
      || stages.contains { stage in
        if case .comparison(let source) = stage.operation { source.isFile } else { false }
      }
  }
}

extension CheckedSource {
  fileprivate var isFile: Bool { if case .file = kind { true } else { false } }
}

/// What writes may change for the pipelines behind them.
private struct ChangedFields {
  private var names: Set<String> = []
  private var changesPopulation = false

  mutating func add(_ write: WriteStage) {
    let action = write.action.definition
    changesPopulation = changesPopulation || action.lifecycle != .continues
    names.formUnion(write.assignments.map(\.field.name))
    names.formUnion(action.changedStates)
  }

  func isRead(by pipeline: CheckedPipeline) -> Bool {
    guard pipeline.lists || pipeline.looksUp else { return false }
    let read = pipeline.stages.flatMap(\.arguments.expressions)
      .reduce(into: Set<String>()) { $0.formUnion($1.fieldsRead) }
    return changesPopulation || !names.isDisjoint(with: read)
  }
}

/// The fields that only the server can tell after some writes, so that no plan can simulate them: the
/// time of the change, the id and state of a new connection, and what a login with new credentials did.
struct UnknownFields: Sendable {
  private var names: Set<String> = []

  private static let ofLogins: Set<String> = [
    "connected", "authorization_status", "authorization_error", "authorized_at",
    "connection_lost_at", "connection_lost_reason",
  ]
  private static let ofNewConnections: Set<String> = ["id", "created_at"]

  mutating func add(_ write: WriteStage) {
    let creates = write.action.definition.creates
    let sendsCredentials = write.assignments.contains { $0.field.isConfidential }
    names.formUnion(["updated_at", "raw"])
    if creates { names.formUnion(Self.ofNewConnections) }
    if creates || sendsCredentials { names.formUnion(Self.ofLogins) }
  }

  /// Returns the first stage that selects or orders rows by such a field.
  func firstSelecting(in pipeline: CheckedPipeline) -> CheckedStage? {
    pipeline.stages.first { stage in
      stage.write == nil
        && stage.arguments.expressions.contains { !$0.fieldsRead.isDisjoint(with: names) }
    }
  }

  /// Returns `true` iff the expression reads such a field of a row in one of the variables.
  func areRead(by expression: CheckedExpression, in variables: OutcomeVariables) -> Bool {
    expression.contains { operand in
      guard case .rowField(let name, _, let column) = operand.kind else { return false }
      return variables.contains(name) && names.contains(column)
    }
  }
}
