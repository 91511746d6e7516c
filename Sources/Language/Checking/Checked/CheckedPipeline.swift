/// A source and its stages, with the schema that each is given and gives.
package struct CheckedPipeline: Sendable {
  package let source: CheckedSource
  package let stages: [CheckedStage]
  package let flow: RowType
  package let effect: Effect
  /// The bound of the rows that the first write is given; of the result where nothing writes. In a
  /// loop, that of all of its rounds together.
  package let selectionBound: RowBound
  /// How often it is carried out: more than once in a loop.
  package let rounds: RowBound
  package let span: SourceSpan
  /// The fields whose null lets a negated comparison of the selection hold.
  package let negatedNullables: Set<String>

  package var expressions: [CheckedExpression] {
    let ids = if case .get(let ids) = source.kind { ids } else { [CheckedExpression]() }
    return ids + stages.flatMap(\.arguments.expressions)
  }

  package var schema: Schema { flow.schema }
  package var writes: Bool { effect > .read }
}
