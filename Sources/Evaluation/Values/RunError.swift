import API
import Language

/// The reason why a run ends early, with the exit code for it.
package struct RunError: Error, Sendable {
  package let exitCode: ExitCode
  package let message: String
  package let help: String?
  /// The place in the script that caused it; `nil` if there is none.
  package let span: SourceSpan?

  package init(
    _ exitCode: ExitCode, _ message: String, help: String? = nil, at span: SourceSpan? = nil
  ) {
    self.exitCode = exitCode
    self.message = message
    self.help = help
    self.span = span
  }

  package init(_ error: ClientError, at span: SourceSpan? = nil) {
    self.init(ExitCode(error), error.description, help: error.help, at: span)
  }
}

extension RunError {
  /// The run was interrupted by Ctrl-C or a termination signal.
  package static let interrupted = RunError(.interrupted, "interrupted")
}

extension RunError {
  /// An error of a script's expression, which names the row with the value; `row` is `nil` if the
  /// expression reads none.
  init(_ message: String, in row: Row?, at span: SourceSpan) {
    self.init(.usage, (row.map { "\($0.title): " } ?? "") + message, at: span)
  }
}

extension Row {
  /// The connection of the row or, without one, the start of the row's values.
  fileprivate var title: String {
    if let connection { return "connection \(connection.id)" }
    let values = (0..<3).compactMap { try? value($0).excerpt }
    return "the row \(values.joined(separator: ", "))"
  }
}
