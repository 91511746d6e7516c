/// A script whose names, types, effects and bounds are known to be right. Only the checker makes
/// one, and it does so only where there is no error.
package struct CheckedScript: Sendable {
  package let parameters: [CheckedParameter]
  package let statements: [CheckedStatement]
}

/// A declared parameter, with its value where one is known.
package struct CheckedParameter: Sendable {
  package let name: String
  package let type: ValueType
  package let defaultValue: CheckedExpression?
  package let given: Literal?
  package let documentation: String?
  package let span: SourceSpan
}

/// One statement, checked.
package enum CheckedStatement: Sendable {
  case letExpression(String, CheckedExpression)
  case letPipeline(String, CheckedPipeline)
  case pipeline(CheckedPipeline)
  case print(CheckedExpression)

  package var pipeline: CheckedPipeline? {
    switch self {
    case .letExpression, .print: nil
    case .letPipeline(_, let pipeline), .pipeline(let pipeline): pipeline
    }
  }
}

/// A source and its stages, with the schema that each is given and gives.
package struct CheckedPipeline: Sendable {
  package let source: CheckedSource
  package let stages: [CheckedStage]
  package let flow: Flow
  package let effect: Effect
  /// The bound of the rows that the first write is given; of the result where nothing writes.
  package let selectionBound: RowBound
  package let span: SourceSpan

  package var schema: Schema { flow.schema }
  package var writes: Bool { effect > .read }
}

/// Where the rows come from, checked.
package struct CheckedSource: Sendable {
  package let kind: Kind
  package let schema: Schema
  package let span: SourceSpan

  package enum Kind: Sendable {
    case list(withRuntime: Bool)
    case get([CheckedExpression])
    case file(String)
    case variable(String)
    case lastResult
    case nothing
  }
}

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
  }
}

package struct CheckedColumn: Sendable {
  package let name: String
  package let value: CheckedExpression
}

package struct CheckedGrouping: Sendable {
  package let keys: [CheckedColumn]
  package let aggregates: [CheckedAggregate]
}

package struct CheckedAggregate: Sendable {
  package let kind: Aggregate.Kind
  package let name: String
  package let value: CheckedExpression?

  package init(kind: Aggregate.Kind, name: String, value: CheckedExpression?) {
    self.kind = kind
    self.name = name
    self.value = value
  }
}

package struct CheckedSortKey: Sendable {
  package let value: CheckedExpression
  package let descending: Bool
}

package struct CheckedAssignment: Sendable {
  package let field: Field
  package let value: CheckedExpression
}

package struct CheckedExpectation: Sendable {
  package let kind: Kind
  package let message: CheckedExpression?

  package enum Kind: Sendable {
    case count(ComparisonOperator, CheckedExpression)
    case all(CheckedExpression)
    case none(CheckedExpression)
  }
}

extension CheckedStage.Arguments {
  /// Every expression in the arguments, in the order of the text.
  package var expressions: [CheckedExpression] {
    switch self {
    case .none, .flags, .format: []
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

extension CheckedExpectation {
  fileprivate var expressions: [CheckedExpression] {
    let subject =
      switch kind {
      case .count(_, let value), .all(let value), .none(let value): value
      }
    return [subject] + (message.map { [$0] } ?? [])
  }
}
