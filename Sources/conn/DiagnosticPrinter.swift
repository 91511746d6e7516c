import ConnectionsClient
import Engine
import Glibc
import Language

/// Shows diagnostics on stderr.
struct DiagnosticPrinter {
  let isOff: Bool

  func show(_ analysis: Analysis) {
    guard !analysis.diagnostics.isEmpty else { return }
    let style = TerminalStyle.style(of: STDERR_FILENO, isOff: isOff)
    let renderer = DiagnosticRenderer(sources: analysis.sources, style: style)
    StandardOutput.shared.talk(renderer.render(analysis.diagnostics))
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
      lines.append("  --> \(sources.place(span))")
    }
    if let help = error.help { lines.append("   = help: \(help)") }
    StandardOutput.shared.talk(lines.joined(separator: "\n"))
  }
}
