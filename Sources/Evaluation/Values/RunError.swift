import API
import Language

/// Why a run ends early, with what the exit code must say.
package struct RunError: Error, Sendable {
  package let exitCode: ExitCode
  package let message: String
  package let help: String?
  /// Where in the script; `nil` where no place is to blame.
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
  /// Somebody pressed Ctrl-C, or the program was told to end.
  package static let interrupted = RunError(.interrupted, "interrupted")
}
