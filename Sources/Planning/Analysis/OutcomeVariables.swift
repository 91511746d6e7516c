import Evaluation
import Language

/// The variables that hold rows with outcomes, or values that depend on outcomes.
struct OutcomeVariables: Sendable {
  private var dependences: [String: Dependence] = [:]

  enum Dependence {
    /// It is known which rows these are, but not how the writes to them went.
    case outcomes
    /// The value itself is not known, or not which rows these are.
    case value
  }

  /// The name of the last result, which no variable can have.
  static let last = "it"

  /// Returns what the rows at the start of the pipeline depend on; `nil` if they hold no outcomes.
  func source(of pipeline: CheckedPipeline) -> Dependence? { dependence(of: pipeline.source) }

  /// Returns `true` iff the pipeline compares its rows with others that only outcomes determine.
  func areCompared(in stage: CheckedStage) -> Bool {
    guard case .rows(let others) = stage.arguments else { return false }
    return dependence(of: others) == .value
  }

  private func dependence(of source: CheckedSource) -> Dependence? {
    switch source.kind {
    case .variable(let name): dependences[name]
    case .lastResult: dependences[Self.last]
    default: nil
    }
  }

  func contains(_ name: String) -> Bool { dependences[name] != nil }

  mutating func record(_ name: String, _ dependence: Dependence?) {
    dependences[name] = dependence
  }

  /// Returns `true` iff the expression reads an outcome through a variable.
  func areRead(by expression: CheckedExpression) -> Bool {
    expression.contains { operand in
      switch operand.kind {
      case .variable(let name, _): contains(name)
      case .rowField(let name, _, let column):
        contains(name) && Outcome.columns.contains { $0.name == column }
      default: false
      }
    }
  }
}

extension CheckedStatement {
  /// The name that the statement gives to a value or to rows.
  var binding: (name: String, source: CheckedLoop.LoopSource)? {
    switch self {
    case .letExpression(let name, let value): (name, .list(value))
    case .letPipeline(let name, let pipeline): (name, .pipeline(pipeline))
    case .pipeline(let pipeline): (OutcomeVariables.last, .pipeline(pipeline))
    case .loop(let loop): (loop.variable, loop.source)
    case .branch, .print: nil
    }
  }
}
