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
  package var pipelines: [CheckedPipeline] { [self].nested.compactMap(\.pipeline) }

  /// `true` iff a pipeline of the statement writes, also in its blocks.
  package var writes: Bool { pipelines.contains(where: \.writes) }

  /// All expressions of the statement and its blocks.
  package var expressions: [CheckedExpression] { [self].nested.flatMap(\.ownExpressions) }

  fileprivate var blocks: [CheckedStatement] {
    switch self {
    case .loop(let loop): loop.body
    case .branch(_, let then, let other): then + other
    case .letExpression, .letPipeline, .pipeline, .print: []
    }
  }

  private var pipeline: CheckedPipeline? {
    switch self {
    case .letPipeline(_, let pipeline), .pipeline(let pipeline): pipeline
    case .loop(let loop): loop.source.pipeline
    case .letExpression, .branch, .print: nil
    }
  }

  private var ownExpressions: [CheckedExpression] {
    switch self {
    case .letExpression(_, let value), .print(let value): [value]
    case .letPipeline(_, let pipeline), .pipeline(let pipeline): pipeline.expressions
    case .loop(let loop): loop.source.expressions
    case .branch(let condition, _, _): [condition]
    }
  }
}

extension [CheckedStatement] {
  /// The statements and those in their blocks, in text order.
  package var nested: [CheckedStatement] { flatMap { [$0] + $0.blocks.nested } }
}
