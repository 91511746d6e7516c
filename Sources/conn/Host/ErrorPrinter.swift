import Evaluation
import Language
import Text

/// Prints on stderr the error that ended a run.
struct ErrorPrinter {
  let host: Host
  var sources = SourceMap()

  func show(_ error: RunError) {
    var lines = [
      host.messageStyle.paint("error", .red) + ": \(error.message.escapingHiddenCharacters())"
    ]
    if let span = error.span, sources.file(of: span) != nil {
      lines.append("  --> \(sources.location(of: span).escapingHiddenCharacters())")
    }
    if let help = error.help { lines.append("   = help: \(help.escapingHiddenCharacters())") }
    host.output.talk(lines.joined(separator: "\n"))
  }
}
