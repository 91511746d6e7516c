import Evaluation
import Language

/// The variables that hold rows with outcomes, or values computed from them.
struct OutcomeVariables: Sendable {
  private var names: Set<String> = []

  /// The name of the last result, which no variable can have.
  static let last = "it"

  /// Returns `true` iff the pipeline starts with rows that hold outcomes.
  func areSource(of pipeline: CheckedPipeline) -> Bool {
    switch pipeline.source.kind {
    case .variable(let name): names.contains(name)
    case .lastResult: names.contains(Self.last)
    default: false
    }
  }

  func contains(_ name: String) -> Bool { names.contains(name) }

  mutating func record(_ name: String, _ holdsOutcomes: Bool) {
    if holdsOutcomes { names.insert(name) } else { names.remove(name) }
  }

  /// Returns `true` iff the expression reads an outcome through a variable.
  func areRead(by expression: CheckedExpression) -> Bool {
    expression.contains { operand in
      switch operand.kind {
      case .variable(let name, _): names.contains(name)
      case .rowField(let name, _, let column):
        names.contains(name) && Outcome.columns.contains { $0.name == column }
      default: false
      }
    }
  }
}
