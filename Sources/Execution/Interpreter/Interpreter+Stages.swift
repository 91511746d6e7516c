import Evaluation
import Language
import Planning

/// Passes rows through the stages of a pipeline.
extension Interpreter {
  mutating func pass<Hand: WriteHand>(
    _ set: RowSet, through stages: ArraySlice<CheckedStage>, _ hand: inout Hand,
    isRehearsal: Bool = false
  ) async throws(RunError) -> RowSet {
    var set = set
    var readsOutcomes = false
    for stage in stages {
      readsOutcomes = readsOutcomes || stage.readsOutcomes
      guard let definition = StageDefinition.named(stage.name) else { continue }
      switch definition.meaning {
      case .rows(let transform):
        set = RowSet(stage.output, try transform(set, stage, evaluator))
      case .comparison(let compare):
        set = RowSet(stage.output, try compare(set, try otherRows(stage), stage))
      case .check(let check):
        // A check that reads outcomes has to wait for the real ones.
        if !isRehearsal || !readsOutcomes { try check(set, stage, evaluator) }
      case .output(let kind): if !isRehearsal { try output(kind, set, stage) }
      case .write(let action, _): set = try await act(action, set, stage, &hand)
      }
    }
    return set
  }

  /// The second set of rows that a stage such as `diff` names.
  private mutating func otherRows(_ stage: CheckedStage) throws(RunError) -> RowSet {
    guard case .rows(let source) = stage.arguments, let set = try rows(source) else {
      throw RunError(.internalError, "the other rows are missing", at: stage.span)
    }
    return set
  }

  private mutating func act<Hand: WriteHand>(
    _ action: WriteKind, _ set: RowSet, _ stage: CheckedStage,
    _ hand: inout Hand
  ) async throws(RunError) -> RowSet {
    if isPlanning { try PlaceholderIDCheck.check(stage, set.rows, environment) }
    let planner = WritePlanner(stage: stage, action: action, evaluator: evaluator)
    let decisions = try set.rows.mapping { row throws(RunError) in try planner.decide(row) }
    let writes = decisions.compactMap(\.write)
    var outcomes = await hand.carryOut(writes)[...]
    if hand.isReal { zip(writes, outcomes).forEach { seen.take($0, $1) } }
    let rows = zip(set.rows, decisions).map { row, decision in
      planner.outcomeRow(row, decision.outcome ?? outcomes.popFirst() ?? Outcome(.skipped))
    }
    return RowSet(stage.output, rows)
  }

  private mutating func output(
    _ kind: StageDefinition.OutputKind, _ set: RowSet, _ stage: CheckedStage
  ) throws(RunError) {
    switch (kind, stage.arguments) {
    case (.show, .format(let name)): try show(set, as: name.flatMap(ShowForm.init))
    case (.chart, _):
      let writer = ChartWriter(
        style: context.style, width: context.width ?? ChartWriter.standardWidth,
        glyphs: context.glyphs)
      context.output.data(writer.text(set))
    case (.save, .file(let path)):
      try save(set, to: try evaluator.constant(path).text, stage.span)
    default: break
    }
  }

  func show(_ set: RowSet, as form: ShowForm?) throws(RunError) {
    let form = form ?? .format(context.format)
    context.output.data(try form.text(set, style: context.style, width: context.width))
  }

  private func save(_ set: RowSet, to path: String, _ span: SourceSpan) throws(RunError) {
    guard let kind = FileKind(path: path), let format = ResultFormat(rawValue: kind.rawValue)
    else {
      throw RunError(.usage, "unknown file type: `\(path)` (use .json, .jsonl or .csv)", at: span)
    }
    let text = try format.text(set)
    guard isLive else {
      return context.output.talk("\(set.rows.count.rowWords) would be saved to \(path)")
    }
    do {
      try context.disk.replace(path, with: Array(text.utf8))
    } catch {
      throw RunError(report.tally.sent > 0 ? .someFailed : .usage, error.message, at: span)
    }
    context.output.talk("\(set.rows.count.rowWords) saved to \(path)")
  }
}
