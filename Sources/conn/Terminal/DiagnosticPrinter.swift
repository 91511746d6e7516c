import Glibc
import Language

/// Shows diagnostics on stderr.
struct DiagnosticPrinter {
  /// `true` iff colours are turned off.
  let isColorDisabled: Bool
  var onlyErrors = false

  func show(_ analysis: Analysis) { show(analysis.diagnostics, analysis.sources) }

  func show(_ diagnostics: [Diagnostic], _ sources: SourceMap) {
    let shown = diagnostics.filter { $0.isError || !onlyErrors }
    guard !shown.isEmpty else { return }
    let style = TerminalStyle.style(of: STDERR_FILENO, isColorDisabled: isColorDisabled)
    StandardOutput.shared.talk(DiagnosticRenderer(sources: sources, style: style).render(shown))
  }
}
