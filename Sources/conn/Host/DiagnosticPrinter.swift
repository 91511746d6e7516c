import Language

/// Shows diagnostics on stderr.
struct DiagnosticPrinter {
  let host: Host
  var onlyErrors = false

  func show(_ analysis: Analysis) { show(analysis.diagnostics, analysis.sources) }

  func show(_ diagnostics: [Diagnostic], _ sources: SourceMap) {
    let shown = diagnostics.filter { $0.isError || !onlyErrors }
    guard !shown.isEmpty else { return }
    host.output.talk(
      DiagnosticRenderer(sources: sources, style: host.messageStyle).render(shown))
  }
}
