/// One stage, checked: its name leads to its meaning in the host's table.
package struct CheckedStage: Sendable {
  package let name: String
  package let arguments: Arguments
  package let effect: Effect
  /// The schema of the rows that come in.
  package let input: Schema
  /// The schema of the rows that go out.
  package let output: Schema
  package let span: SourceSpan
  /// Where it stands in the pipeline: its own span, or that of the call which stands for it.
  package internal(set) var place: SourceSpan

  package enum Arguments: Sendable {
    case none
    case predicate(CheckedExpression)
    case count(CheckedExpression)
    case columns([CheckedColumn])
    case sortKeys([CheckedSortKey])
    case grouping(CheckedGrouping)
    case assignments([CheckedAssignment])
    case flags(Set<String>)
    case file(CheckedExpression)
    case format(String?)
    case expectation(CheckedExpectation)
    case rows(CheckedSource)
  }
}

extension CheckedStage.Arguments {
  /// Every expression in the arguments, in the order of the text.
  package var expressions: [CheckedExpression] {
    switch self {
    case .none, .flags, .format, .rows: []
    case .predicate(let value), .count(let value), .file(let value): [value]
    case .columns(let columns): columns.map(\.value)
    case .sortKeys(let keys): keys.map(\.value)
    case .grouping(let grouping):
      grouping.keys.map(\.value) + grouping.aggregates.compactMap(\.value)
    case .assignments(let assignments): assignments.map(\.value)
    case .expectation(let expectation): expectation.expressions
    }
  }
}
