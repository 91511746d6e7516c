/// A checked statement.
package enum CheckedStatement: Sendable {
  case letExpression(String, CheckedExpression)
  case letPipeline(String, CheckedPipeline)
  case pipeline(CheckedPipeline)
  case loop(CheckedLoop)
  case branch(condition: CheckedExpression, then: [CheckedStatement], else: [CheckedStatement])
  case print(CheckedExpression)
}

extension CheckedStatement {
  /// The statement's pipelines in text order, including those in its blocks.
  package var pipelines: [CheckedPipeline] {
    switch self {
    case .letExpression, .print: []
    case .letPipeline(_, let pipeline), .pipeline(let pipeline): [pipeline]
    case .loop(let loop): loop.source.pipelines + loop.body.flatMap(\.pipelines)
    case .branch(_, let then, let other): (then + other).flatMap(\.pipelines)
    }
  }

  /// All expressions of the statement and its blocks.
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
