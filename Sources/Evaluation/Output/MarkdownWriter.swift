/// Writes rows as a Markdown table.
enum MarkdownWriter {
  static func text(_ cells: Cells) -> String {
    guard !cells.header.isEmpty else { return "" }
    let rule = cells.header.map { _ in "---" }
    let rows = [cells.header, rule] + cells.rows.map { $0.map { $0.shown.escapingPipes } }
    return rows.map { "| " + $0.joined(separator: " | ") + " |\n" }.joined()
  }
}

extension String {
  fileprivate var escapingPipes: String { replacing("|", with: "\\|") }
}
