import Evaluation
import Language

/// Finds the places where a script depends on the outcomes of its own writes.
///
/// No plan can know these outcomes: it is created before anything is sent. A plan therefore assumes
/// that every write succeeds, and lists these places so that a person can judge the assumption.
struct OutcomeDependence {
  /// The stages and conditions that read outcomes, in source order.
  private(set) var spans: [SourceSpan] = []
  /// Variables that hold outcome rows, or values computed from them.
  private var variables: Set<String> = []

  init(_ script: CheckedScript) {
    for statement in script.statements.nested { visit(statement) }
  }

  private mutating func visit(_ statement: CheckedStatement) {
    switch statement {
    case .letExpression(let name, let value): record(name, depends(value))
    case .letPipeline(let name, let pipeline): record(name, visit(pipeline))
    case .pipeline(let pipeline): _ = visit(pipeline)
    case .branch(let condition, _, _): if depends(condition) { spans.append(condition.span) }
    case .loop(let loop):
      switch loop.source {
      case .pipeline(let pipeline): record(loop.variable, visit(pipeline))
      case .list(let list): record(loop.variable, depends(list))
      }
    case .print: break
    }
  }

  private mutating func record(_ name: String, _ depends: Bool) {
    if depends { variables.insert(name) } else { variables.remove(name) }
  }

  /// Returns `true` iff the pipeline's rows contain outcomes or were selected by them.
  private mutating func visit(_ pipeline: CheckedPipeline) -> Bool {
    for stage in pipeline.stages
    where stage.readsOutcomes || stage.arguments.expressions.contains(where: depends) {
      spans.append(stage.span)
    }
    if case .variable(let name) = pipeline.source.kind, variables.contains(name) { return true }
    return pipeline.writes
  }

  private func depends(_ expression: CheckedExpression) -> Bool {
    expression.contains { operand in
      switch operand.kind {
      case .variable(let name, _): variables.contains(name)
      case .rowField(let name, _, let column):
        variables.contains(name) && Outcome.columns.contains { $0.name == column }
      default: false
      }
    }
  }
}
