import Evaluation
import Language
import Planning
import Text

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
      switch stage.operation {
      case .rows(let transform): set = RowSet(stage.output, try transform(set, evaluator))
      case .comparison(let source):
        let other = try otherRows(source, stage)
        set = RowSet(
          stage.output, try RowDiff.between(set, and: other, of: source, at: stage.span))
      case .check(let expectation):
        // A check that reads outcomes has to wait for the real ones.
        guard !isRehearsal || !readsOutcomes else { continue }
        try ExpectCheck.check(set.rows, expectation, evaluator, at: stage.span)
      case .output(let output): if !isRehearsal { try self.output(output, set, stage) }
      case .write(let write): set = try await act(write, set, stage, &hand)
      }
    }
    return set
  }

  /// The second set of rows that a stage such as `diff` names.
  private mutating func otherRows(_ source: CheckedSource, _ stage: CheckedStage)
    throws(RunError) -> RowSet
  {
    guard let set = try rows(source) else {
      throw RunError(.internalError, "the other rows are missing", at: stage.span)
    }
    return set
  }

  private mutating func act<Hand: WriteHand>(
    _ write: WriteStage, _ set: RowSet, _ stage: CheckedStage, _ hand: inout Hand
  ) async throws(RunError) -> RowSet {
    if isPlanning { try PlaceholderIDCheck.check(stage, set.rows, environment) }
    let planner = WritePlanner(stage: stage, write: write, evaluator: evaluator)
    let decisions = try set.rows.mapping { row throws(RunError) in try planner.decide(row) }
    let writes = decisions.compactMap(\.write)
    var outcomes = await hand.carryOut(writes)[...]
    if hand.isReal { zip(writes, outcomes).forEach { seen.store($0, $1) } }
    let rows = zip(set.rows, decisions).map { row, decision in
      planner.outcomeRow(row, decision.outcome ?? outcomes.popFirst() ?? Outcome(.skipped))
    }
    return RowSet(stage.output, rows)
  }

  private mutating func output(
    _ output: OutputStage, _ set: RowSet, _ stage: CheckedStage
  ) throws(RunError) {
    switch output {
    case .show(let form): try show(set, as: form)
    case .chart:
      let writer = ChartWriter(
        style: context.style, width: context.width ?? ChartWriter.standardWidth,
        glyphs: context.glyphs)
      context.output.data(writer.text(set))
    case .save(let path): try save(set, to: try evaluator.constant(path).text, stage.span)
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
      return context.output.talk("\(set.rows.count.counted("row")) would be saved to \(path)")
    }
    do {
      try context.disk.replace(path, with: Array(text.utf8))
    } catch {
      throw RunError(report.tally.sent > 0 ? .someFailed : .usage, error.message, at: span)
    }
    context.output.talk("\(set.rows.count.counted("row")) saved to \(path)")
  }
}
