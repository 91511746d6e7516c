/// A checked `for x in … { … }`.
package struct CheckedLoop: Sendable {
  package let variable: String
  package let source: LoopSource
  package let body: [CheckedStatement]
  package let span: SourceSpan

  package enum LoopSource: Sendable {
    case pipeline(CheckedPipeline)
    case list(CheckedExpression)
  }

  /// The maximum number of iterations of a loop that writes.
  package static let maxWritingRounds = 1_000

  /// `true` iff a pipeline in the body writes.
  package var writes: Bool { body.flatMap(\.pipelines).contains(where: \.writes) }
}

extension CheckedLoop.LoopSource {
  package var span: SourceSpan {
    switch self {
    case .pipeline(let pipeline): pipeline.span
    case .list(let list): list.span
    }
  }

  var pipeline: CheckedPipeline? {
    if case .pipeline(let pipeline) = self { pipeline } else { nil }
  }

  var expressions: [CheckedExpression] {
    switch self {
    case .pipeline(let pipeline): pipeline.expressions
    case .list(let list): [list]
    }
  }
}
