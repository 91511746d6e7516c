import Language

/// What names stand for while a script runs.
package struct Environment: Sendable {
  package var variables: [String: Binding] = [:]
  /// The rows that `it` stands for.
  package var lastResult: RowSet?
  /// Read once a run.
  package let now: Timestamp
  /// The process's environment, for `env("…")`.
  package let process: [String: String]

  package enum Binding: Sendable {
    case value(Value)
    case rows(RowSet)
    /// Not known in a dry run: it would have to be asked.
    case unknown
  }

  package init(now: Timestamp, process: [String: String]) {
    self.now = now
    self.process = process
  }

  /// `true` iff the expression reads a variable that is not known.
  func readsUnknown(_ expression: CheckedExpression) -> Bool {
    expression.contains { operand in
      guard case .variable(let name, _) = operand.kind, case .unknown = variables[name] else {
        return false
      }
      return true
    }
  }

  func readsUnknown(_ pipeline: CheckedPipeline) -> Bool {
    pipeline.stages.flatMap(\.arguments.expressions).contains(where: readsUnknown)
  }
}
