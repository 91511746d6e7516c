import Text

/// Writes rows as a Markdown table. Values are text and nothing else: no link, no image, no HTML.
enum MarkdownWriter {
  static func text(_ cells: Cells) -> String {
    guard !cells.header.isEmpty else { return "" }
    let header = cells.header.map { $0.escapingHiddenCharacters().escapingMarkdown }
    let rule = header.map { _ in "---" }
    let rows = [header, rule] + cells.rows.map { $0.map { $0.shown.escapingMarkdown } }
    return rows.map { "| " + $0.joined(separator: " | ") + " |\n" }.joined()
  }
}

extension String {
  /// The text with `\` before each character that Markdown could take for markup.
  ///
  /// Sources: CommonMark 0.31, 2.4 and 6; GitHub Flavored Markdown, 4.10, 6.5 and 6.9.
  fileprivate var escapingMarkdown: String {
    let scalars = Array(unicodeScalars)
    return scalars.indices.map { index in
      isMarkup(index, scalars) ? "\\\(scalars[index])" : String(scalars[index])
    }.joined()
  }

  private func isMarkup(_ index: Int, _ scalars: [Unicode.Scalar]) -> Bool {
    switch scalars[index] {
    case "\\", "|", "<", ">", "&", "[", "]", "`", "*", "~", "$", "@": true
    // Inside a word, `_` is not emphasis.
    case "_": !isWordCharacter(index - 1, scalars) || !isWordCharacter(index + 1, scalars)
    // An address is made a link: `https://…`, `www.…`.
    case ":": scalars[(index + 1)...].starts(with: "//".unicodeScalars)
    case ".": index >= 3 && scalars[..<index].suffix(3).allSatisfy { $0 == "w" || $0 == "W" }
    default: false
    }
  }

  private func isWordCharacter(_ index: Int, _ scalars: [Unicode.Scalar]) -> Bool {
    guard scalars.indices.contains(index) else { return false }
    return scalars[index].properties.isAlphabetic || scalars[index].properties.numericType != nil
  }
}
