/// A checked source and its stages, each with its input and output schema.
package struct CheckedPipeline: Sendable {
  package let source: CheckedSource
  package let stages: [CheckedStage]
  package let flow: RowType
  package let effect: Effect
  /// The maximum number of rows that reach the first write, or the result if nothing writes. In a
  /// loop, the total over all iterations.
  package let selectionBound: RowBound
  /// The number of times the pipeline runs; more than once in a loop.
  package let rounds: RowBound
  package let span: SourceSpan
  /// The fields that make a negated comparison of the selection true when they are null.
  package let negatedNullables: Set<String>

  package var expressions: [CheckedExpression] {
    let ids = if case .get(let ids) = source.kind { ids } else { [CheckedExpression]() }
    return ids + stages.flatMap(\.arguments.expressions)
  }

  package var schema: Schema { flow.schema }
  package var writes: Bool { effect > .read }
}
