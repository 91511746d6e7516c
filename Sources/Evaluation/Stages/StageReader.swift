import API
import Language

/// Passes rows through the stages that have no side effects.
package struct StageReader: Sendable {
  /// The other rows that stages such as `diff` and `lookup` need, by the span of the stage.
  private let others: [SourceSpan: RowSet]

  package init(others: [SourceSpan: RowSet] = [:]) { self.others = others }

  /// Returns the rows behind a stage. A stage that writes or hands rows out passes them on here.
  package func rows(of set: RowSet, behind stage: CheckedStage, _ evaluator: Evaluator)
    throws(RunError) -> RowSet
  {
    switch stage.operation {
    case .rows(let transform): return RowSet(stage.output, try transform(set, evaluator))
    case .comparison(let source):
      return RowSet(
        stage.output,
        try RowDiff.between(set, and: try others(of: stage), of: source, at: stage.span))
    case .lookup(let key):
      let lookup = try Lookup(try others(of: stage), by: key, at: stage.span)
      return RowSet(stage.output, try lookup.found(set, evaluator))
    case .check(let expectation):
      try ExpectCheck.check(set.rows, expectation, evaluator, at: stage.span)
      return set
    case .write, .output: return set
    }
  }

  /// The connections of the workspace that a stage needs; `nil` if they aren't known.
  package func workspace(for stage: CheckedStage) -> [Connection]? {
    others[stage.span].map { $0.rows.compactMap(\.connection) }
  }

  private func others(of stage: CheckedStage) throws(RunError) -> RowSet {
    if let other = others[stage.span] { return other }
    throw RunError(.internalError, "the other rows are missing", at: stage.span)
  }
}
