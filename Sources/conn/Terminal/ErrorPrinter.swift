import Evaluation
import Glibc
import Language
import Text

/// Prints on stderr the error that ended a run.
struct ErrorPrinter {
  let sources: SourceMap
  let isColorDisabled: Bool

  func show(_ error: RunError) {
    let style = TerminalStyle.style(of: STDERR_FILENO, isColorDisabled: isColorDisabled)
    var lines = [style.paint("error", .red) + ": \(error.message.escapingHiddenCharacters())"]
    if let span = error.span, sources.file(of: span) != nil {
      lines.append("  --> \(sources.location(of: span).escapingHiddenCharacters())")
    }
    if let help = error.help { lines.append("   = help: \(help.escapingHiddenCharacters())") }
    StandardOutput.shared.talk(lines.joined(separator: "\n"))
  }
}
