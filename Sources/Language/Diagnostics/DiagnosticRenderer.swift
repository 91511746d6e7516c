import Text

/// Renders a diagnostic for a person: message, place, source line, carets and help.
package struct DiagnosticRenderer: Sendable {
  package let sources: SourceMap
  package let style: TextStyle

  package init(sources: SourceMap, style: TextStyle = .plain) {
    self.sources = sources
    self.style = style
  }

  /// Renders all diagnostics. If one of them hides the rest of its text, the others hide it too.
  package func render(_ diagnostics: [Diagnostic]) -> String {
    let hidden = diagnostics.filter(\.hidesRest).map(\.span.end).min() ?? .max
    return diagnostics.map { render($0, hiddenFrom: hidden) }.joined(separator: "\n")
  }

  private func render(_ diagnostic: Diagnostic, hiddenFrom hidden: Int) -> String {
    let color: TextStyle.Color = diagnostic.isError ? .red : .yellow
    let title = style.paint("\(diagnostic.severity.rawValue)[\(diagnostic.code)]", color)
    let head = "\(title): \(diagnostic.message.escapingHiddenCharacters())\n"
    guard let file = sources.file(of: diagnostic.span) else {
      return head + helpLines(diagnostic, gutter: "   ")
    }
    let main = Diagnostic.Related(span: diagnostic.span, label: diagnostic.label)
    let width = String(file.position(of: diagnostic.span.start).line).count
    return head + excerpt(main, in: file, color: color, hiddenFrom: hidden)
      + diagnostic.related.map { related(to: $0, hiddenFrom: hidden) }.joined()
      + helpLines(diagnostic, gutter: String(repeating: " ", count: width + 2))
  }

  private func related(to related: Diagnostic.Related, hiddenFrom hidden: Int) -> String {
    guard let file = sources.file(of: related.span) else { return "" }
    return excerpt(related, in: file, color: .dim, hiddenFrom: hidden)
  }

  private func excerpt(
    _ related: Diagnostic.Related, in file: SourceFile, color: TextStyle.Color,
    hiddenFrom hidden: Int
  ) -> String {
    let position = file.position(of: related.span.start)
    let number = String(position.line)
    let gutter = String(repeating: " ", count: number.count + 2)
    var line = file.line(position.line)
    line.end = min(line.end, max(hidden, line.start))
    let window = ExcerptWindow(related.span, line: line, in: file)
    let mark = style.paint(window.carets, color)
    let label = related.label.isEmpty ? "" : " " + style.paint(related.label, color)
    return """
      \(gutter.dropLast())--> \(file.name.escapingHiddenCharacters()):\(position.line):\(position.column)
      \(gutter)|
       \(number) | \(window.text)
      \(gutter)| \(window.indent)\(mark)\(label)

      """
  }

  private func helpLines(_ diagnostic: Diagnostic, gutter: String) -> String {
    diagnostic.help
      .map { "\(gutter)= help: \($0.escapingHiddenCharacters())\n" }.joined()
  }
}

/// The part of a source line that is shown; long lines are cut around the marked text.
private struct ExcerptWindow {
  let text: String
  let indent: String
  let carets: String

  private static let limit = 100

  init(_ span: SourceSpan, line: SourceSpan, in file: SourceFile) {
    let end = min(max(span.end, span.start + 1), max(line.end, span.start + 1))
    let before = file.text(SourceSpan(line.start, span.start))
    let marked = file.text(SourceSpan(span.start, end))
    let after = file.text(SourceSpan(end, max(line.end, end)))
    let shownBefore = Self.tail(before)
    let shownMarked = Self.head(marked, Self.limit)
    text = Self.visible(shownBefore + shownMarked + Self.head(after, Self.limit / 2))
    indent = String(repeating: " ", count: Self.visible(shownBefore).displayWidth)
    carets = String(repeating: "^", count: max(1, Self.visible(shownMarked).displayWidth))
  }

  private static func tail(_ text: String) -> String {
    text.unicodeScalars.count <= limit ? text : "…" + String(text.unicodeScalars.suffix(limit))
  }

  private static func head(_ text: String, _ count: Int) -> String {
    text.unicodeScalars.count <= count ? text : String(text.unicodeScalars.prefix(count)) + "…"
  }

  private static func visible(_ text: String) -> String {
    text.replacingTabs().escapingHiddenCharacters()
  }
}

extension String {
  fileprivate func replacingTabs() -> String {
    String(map { $0 == "\t" ? " " : $0 })
  }
}
