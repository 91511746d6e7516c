import Text

/// Writes a page in Markdown.
struct MarkdownWriter {
  private(set) var text: String

  init(_ title: String) {
    text = """
      <!-- Generated from the tables of the program; CONN_RECORD=1 scripts/test --filter Manual -->

      # \(title)

      """
  }

  mutating func heading(_ title: String, _ level: Int) {
    text += "\n" + String(repeating: "#", count: level) + " \(title)\n"
  }

  mutating func paragraph(_ prose: String) {
    text += "\n" + prose.wrapped(to: 100).joined(separator: "\n") + "\n"
  }

  /// Adds lines that stay as they are, in a language.
  mutating func code(_ lines: [String], _ language: String) {
    text += "\n```\(language)\n" + lines.joined(separator: "\n") + "\n```\n"
  }

  /// Adds rows of cells, which are Markdown.
  mutating func table(_ head: [String], _ rows: [[String]]) {
    let lines = [head, head.map { _ in "---" }] + rows
    text += "\n" + lines.map { "| \($0.joined(separator: " | ")) |\n" }.joined()
  }

  /// Adds paragraphs of the help of a command. Indented lines stay as they are.
  mutating func help(_ help: String) {
    for part in help.split(separator: "\n\n") {
      let lines = part.split(separator: "\n").map(String.init)
      if lines.allSatisfy({ $0.hasPrefix("  ") }) {
        code(lines.map { String($0.dropFirst(2)) }, "conn")
      } else {
        paragraph(Self.escaped(lines.joined(separator: " ")))
      }
    }
  }

  /// Returns prose for a cell of a table.
  static func cell(_ prose: String) -> String { escaped(prose).replacing("|", with: "\\|") }

  /// Returns prose in which nothing outside of code is taken for markup.
  static func escaped(_ prose: String) -> String {
    prose.split(separator: "`", omittingEmptySubsequences: false).enumerated().map { index, part in
      index % 2 == 1 ? String(part) : String(part).replacing(/[\\<>*_\[\]]/) { "\\\($0.0)" }
    }.joined(separator: "`")
  }
}
