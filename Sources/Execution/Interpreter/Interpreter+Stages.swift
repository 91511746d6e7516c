import Evaluation
import Language
import Planning

/// Passes rows through the stages that read, and hands rows out.
extension Interpreter {
  /// Passes rows through stages that don't write. `isEmpty` is `true` iff a condition kept no row.
  /// `refusal` is the first failed `expect` of a run that keeps it for the end.
  mutating func pass(
    _ set: RowSet, through stages: ArraySlice<CheckedStage>, _ reader: StageReader
  ) throws(RunError) -> (set: RowSet, isEmpty: Bool, refusal: RunError?) {
    var (set, isEmpty) = (set, false)
    var refusal: RunError?
    for stage in stages {
      if case .output(let output) = stage.operation { try self.output(output, set, stage.span) }
      do throws(RunError) { set = try reader.rows(of: set, behind: stage, evaluator) } catch {
        guard case .check = stage.operation, rehearsal.defersChecks,
          error.exitCode == .guardRefused, rehearsal.uncertainBlocks == 0
        else { throw error }
        refusal = refusal ?? error
      }
      if case .predicate = stage.arguments, set.rows.isEmpty { isEmpty = true }
    }
    return (set, isEmpty, refusal)
  }

  /// Reads the rows of the other sources that stages such as `diff` name.
  mutating func otherRows(_ pipeline: CheckedPipeline) throws(RunError) -> [SourceSpan: RowSet] {
    var others: [SourceSpan: RowSet] = [:]
    for stage in pipeline.stages {
      if case .comparison(let source) = stage.operation { others[stage.span] = try rows(source) }
    }
    return others
  }

  mutating func output(_ output: OutputStage, _ set: RowSet, _ span: SourceSpan) throws(RunError) {
    switch output {
    case .show(let form): try show(set, as: form)
    case .chart:
      let writer = ChartWriter(
        style: context.style, width: context.width ?? ChartWriter.standardWidth,
        glyphs: context.glyphs)
      context.output.data(writer.text(set))
    case .save(let target): try save(set, to: target, span)
    }
  }

  func show(_ set: RowSet, as form: ShowForm?) throws(RunError) {
    let form = form ?? .format(context.format)
    context.output.data(try form.text(set, style: context.style, width: context.width))
  }
}
