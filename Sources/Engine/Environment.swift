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
}
