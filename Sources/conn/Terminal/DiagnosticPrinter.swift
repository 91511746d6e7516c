import ConnectionsClient
import Engine
import Glibc
import Language

/// Shows diagnostics on stderr.
struct DiagnosticPrinter {
  /// No colours.
  let isOff: Bool
  var onlyErrors = false

  func show(_ analysis: Analysis) { show(analysis.diagnostics, analysis.sources) }

  func show(_ diagnostics: [Diagnostic], _ sources: SourceMap) {
    let shown = diagnostics.filter { $0.isError || !onlyErrors }
    guard !shown.isEmpty else { return }
    let style = TerminalStyle.style(of: STDERR_FILENO, isOff: isOff)
    StandardOutput.shared.talk(DiagnosticRenderer(sources: sources, style: style).render(shown))
  }
}

/// Shows on stderr why a run ended.
struct ErrorPrinter {
  let sources: SourceMap
  let isOff: Bool

  func show(_ error: RunError) {
    let style = TerminalStyle.style(of: STDERR_FILENO, isOff: isOff)
    var lines = [style.paint("error", .red) + ": \(error.message.escapingHiddenCharacters())"]
    if let span = error.span, sources.file(of: span) != nil {
      lines.append("  --> \(sources.place(span).escapingHiddenCharacters())")
    }
    if let help = error.help { lines.append("   = help: \(help.escapingHiddenCharacters())") }
    StandardOutput.shared.talk(lines.joined(separator: "\n"))
  }
}
