import ArgumentParser
import Evaluation
import Language

/// The only place where errors become messages and exit codes.
extension Host {
  /// Shows the error or the requested text with which a command ended. Returns the exit code.
  func report(_ error: any Error) -> Evaluation.ExitCode {
    switch error {
    case is ReportedFailure: break
    case let located as LocatedError:
      ErrorPrinter(host: self, sources: located.sources).show(located.error)
    case let error as RunError: ErrorPrinter(host: self).show(error)
    default: reportParsing(error)
    }
    return Self.exitCode(of: error)
  }

  static func exitCode(of error: any Error) -> Evaluation.ExitCode {
    switch error {
    case let failure as ReportedFailure: failure.exitCode
    case let located as LocatedError: located.error.exitCode
    case let error as RunError: error.exitCode
    default: isRequest(error) ? .success : .usage
    }
  }

  /// Shows what the parser of the command line found: an error, or the help or version asked for.
  private func reportParsing(_ error: any Error) {
    let message = Conn.fullMessage(for: error).replacing("conn start", with: "conn")
    guard Self.isRequest(error) else { return output.talk(message) }
    output.data(message.isEmpty ? "" : message + "\n")
  }

  private static func isRequest(_ error: any Error) -> Bool {
    Conn.exitCode(for: error) == .success
  }
}
