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
  private var outcomes = OutcomeVariables()

  init(_ script: CheckedScript) {
    for statement in script.statements.nested { visit(statement) }
  }

  private mutating func visit(_ statement: CheckedStatement) {
    if case .branch(let condition, _, _) = statement, outcomes.areRead(by: condition) {
      spans.append(condition.span)
    }
    guard let (name, source) = statement.binding else { return }
    switch source {
    case .pipeline(let pipeline): outcomes.record(name, visit(pipeline))
    case .list(let value): outcomes.record(name, outcomes.areRead(by: value) ? .value : nil)
    }
  }

  /// Returns what the pipeline's rows depend on.
  private mutating func visit(_ pipeline: CheckedPipeline) -> OutcomeVariables.Dependence? {
    for stage in pipeline.stages
    where stage.readsOutcomes || stage.arguments.expressions.contains(where: outcomes.areRead) {
      spans.append(stage.span)
    }
    return outcomes.source(of: pipeline) ?? (pipeline.writes ? .outcomes : nil)
  }
}
