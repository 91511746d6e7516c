import Language

/// The values of names while a script runs.
package struct Environment: Sendable {
  package var variables: [String: Binding] = [:]
  /// The rows that `it` refers to.
  package var lastResult: RowSet?
  /// The value of `now()`; the clock is read once per run, so that all rows see the same time.
  package var now: Timestamp
  /// The workspace's tags; `nil` until they are read, and in a dry run.
  package var tags: TagDirectory?
  /// The variables that scripts may not read.
  package var withheld = WithheldVariables()
  /// The process's environment, for `env("…")`.
  package let process: [String: String]
  /// The names of the variables of the process whose values aren't UTF-8.
  package var invalidVariables: Set<String> = []

  package enum Binding: Sendable {
    case value(Value)
    case rows(RowSet)
    /// The row of a loop iteration.
    case row(Row)
    /// A value that is not known in a dry run, because only the server could tell.
    case unknown
  }

  package init(now: Timestamp, process: [String: String]) {
    self.now = now
    self.process = process
  }

  /// Returns `true` iff the expression reads a variable whose value is not known.
  package func readsUnknown(_ expression: CheckedExpression) -> Bool {
    expression.contains { operand in
      switch operand.kind {
      case .variable(let name, _), .rowField(let name, _, _): isUnknown(name)
      default: false
      }
    }
  }

  package func readsUnknown(_ pipeline: CheckedPipeline) -> Bool {
    pipeline.expressions.contains(where: readsUnknown)
      || pipeline.stages.contains { stage in
        if case .rows(let source) = stage.arguments { isUnknown(source) } else { false }
      }
  }

  private func isUnknown(_ name: String) -> Bool {
    if case .unknown = variables[name] { true } else { false }
  }

  private func isUnknown(_ source: CheckedSource) -> Bool {
    switch source.kind {
    case .variable(let name): isUnknown(name)
    case .lastResult: lastResult == nil
    default: false
    }
  }
}
