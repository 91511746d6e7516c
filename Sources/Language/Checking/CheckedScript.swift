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
  case loop(CheckedLoop)
  case branch(condition: CheckedExpression, then: [CheckedStatement], else: [CheckedStatement])
  case print(CheckedExpression)
}

/// `for x in … { … }`, checked.
package struct CheckedLoop: Sendable {
  package let variable: String
  package let source: LoopSource
  package let body: [CheckedStatement]
  package let span: SourceSpan

  package enum LoopSource: Sendable {
    case pipeline(CheckedPipeline)
    case list(CheckedExpression)
  }

  /// How many rounds a loop that writes may have.
  package static let mostWritingRounds = 1_000

  /// `true` iff a pipeline in it writes.
  package var writes: Bool { body.flatMap(\.pipelines).contains(where: \.writes) }
}

extension CheckedStatement {
  /// The statement's pipelines, in the order of the text, those of its blocks among them.
  package var pipelines: [CheckedPipeline] {
    switch self {
    case .letExpression, .print: []
    case .letPipeline(_, let pipeline), .pipeline(let pipeline): [pipeline]
    case .loop(let loop): loop.source.pipelines + loop.body.flatMap(\.pipelines)
    case .branch(_, let then, let other): (then + other).flatMap(\.pipelines)
    }
  }

  /// Every expression of the statement and its blocks.
  package var expressions: [CheckedExpression] {
    switch self {
    case .letExpression(_, let value), .print(let value): [value]
    case .letPipeline(_, let pipeline), .pipeline(let pipeline): pipeline.expressions
    case .loop(let loop): loop.source.expressions + loop.body.flatMap(\.expressions)
    case .branch(let condition, let then, let other):
      [condition] + (then + other).flatMap(\.expressions)
    }
  }
}

extension CheckedLoop.LoopSource {
  package var span: SourceSpan {
    switch self {
    case .pipeline(let pipeline): pipeline.span
    case .list(let list): list.span
    }
  }

  fileprivate var pipelines: [CheckedPipeline] {
    if case .pipeline(let pipeline) = self { [pipeline] } else { [] }
  }

  fileprivate var expressions: [CheckedExpression] {
    switch self {
    case .pipeline(let pipeline): pipeline.expressions
    case .list(let list): [list]
    }
  }
}

/// A source and its stages, with the schema that each is given and gives.
package struct CheckedPipeline: Sendable {
  package let source: CheckedSource
  package let stages: [CheckedStage]
  package let flow: Flow
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

/// Where the rows come from, checked.
package struct CheckedSource: Sendable {
  package let kind: Kind
  package let schema: Schema
  package let span: SourceSpan

  /// `true` iff the order of the rows is not the server's choice.
  var isOrdered: Bool { if case .list = kind { false } else { true } }

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

extension CheckedExpectation {
  fileprivate var expressions: [CheckedExpression] {
    let subject =
      switch kind {
      case .count(_, let value), .all(let value), .none(let value): value
      }
    return [subject] + (message.map { [$0] } ?? [])
  }
}
