import Evaluation
import Language

/// Finds the places where a script depends on the outcomes of its own writes.
///
/// No plan can know these outcomes: it is created before anything is sent. A plan therefore assumes
/// that every write succeeds, and lists these places so that a person can judge the assumption.
struct OutcomeDependence {
  /// The stages and conditions that read outcomes, in source order.
  private(set) var places: [SourceSpan] = []
  /// Variables that hold outcome rows, or values computed from them.
  private var variables: Set<String> = []

  init(_ script: CheckedScript) {
    for statement in script.statements.nested { take(statement) }
  }

  private mutating func take(_ statement: CheckedStatement) {
    switch statement {
    case .letExpression(let name, let value): note(name, depends(value))
    case .letPipeline(let name, let pipeline): note(name, take(pipeline))
    case .pipeline(let pipeline): _ = take(pipeline)
    case .branch(let condition, _, _): if depends(condition) { places.append(condition.span) }
    case .loop(let loop):
      switch loop.source {
      case .pipeline(let pipeline): note(loop.variable, take(pipeline))
      case .list(let list): note(loop.variable, depends(list))
      }
    case .print: break
    }
  }

  private mutating func note(_ name: String, _ depends: Bool) {
    if depends { variables.insert(name) } else { variables.remove(name) }
  }

  /// Returns `true` iff the pipeline's rows contain outcomes or were selected by them.
  private mutating func take(_ pipeline: CheckedPipeline) -> Bool {
    for stage in pipeline.stages
    where stage.readsOutcomes || stage.arguments.expressions.contains(where: depends) {
      places.append(stage.span)
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
