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
