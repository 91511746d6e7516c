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
