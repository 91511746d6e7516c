import API
import Inspection

/// Generates `grammar/reference.md` from the tables that the parser, the checker, the interpreter
/// and `help` read.
enum ReferencePage {
  static var text: String {
    ([introduction] + HelpTable.language.map(section) + [settings, regions, tests, diagnostics])
      .joined(separator: "\n")
  }

  private static let introduction = """
    # Reference

    Every statement, source, stage, function, operator, literal, field, setting and diagnostic.
    Generated from the program's own tables; a test fails if it is out of date
    (`CONN_RECORD=1 scripts/test --filter Reference` records it). The syntax is in
    [conn.ebnf](conn.ebnf), an introduction in [docs/language.md](../docs/language.md).

    """

  // MARK: Tables of help

  private static func section(_ table: HelpTable) -> String {
    let facts = table.entries.first?.facts.map(\.label) ?? []
    let hasExamples = table.entries.contains { !$0.examples.isEmpty }
    let hasValues = table.entries.contains { $0.examples.contains { $0.value != nil } }
    let head =
      ["syntax"] + facts + ["meaning"] + (hasExamples ? ["example"] : [])
      + (hasValues ? ["value"] : [])
    let rows = table.entries.map { entry in
      [code(entry.signature)] + entry.facts.map(\.text) + [entry.summary]
        + (hasExamples ? [examples(entry)] : [])
        + (hasValues ? [entry.examples.first?.value.map(code) ?? ""] : [])
    }
    return section(table.title, table.introduction, head, rows)
  }

  private static func examples(_ entry: HelpEntry) -> String {
    let lines = entry.examples.flatMap { $0.text.split(separator: "\n") }
    return lines.map { code(String($0)) }.joined(separator: "<br>")
  }

  // MARK: The configuration

  private static var settings: String { section(HelpTable.settings) }

  private static var regions: String {
    section(
      "Regions", "The host that each `region` selects.", ["region", "host"],
      Region.table.map { [code($0.name), $0.server.base] })
  }

  // MARK: Test files

  private static var tests: String { section(HelpTable.tests) }

  // MARK: Diagnostics

  private static var diagnostics: String {
    section(
      HelpTable.diagnostics.title, HelpTable.diagnostics.introduction, ["code", "meaning"],
      HelpTable.diagnostics.entries.map { [$0.signature, $0.summary] })
  }

  // MARK: Markdown

  private static func section(
    _ title: String, _ paragraph: String, _ head: [String], _ rows: [[String]]
  ) -> String {
    let table = [head, head.map { _ in "---" }] + rows
    let text = wrapped(paragraph)
    return "## \(title)\n\n\(text)\n\n" + table.map(line).joined()
  }

  /// A paragraph in lines of at most 96 columns.
  private static func wrapped(_ paragraph: String) -> String {
    var lines = [""]
    for word in paragraph.split(separator: " ") {
      let line = lines[lines.count - 1]
      if line.count + word.count + 1 > 96 {
        lines.append(String(word))
      } else {
        lines[lines.count - 1] = line.isEmpty ? String(word) : line + " " + word
      }
    }
    return lines.joined(separator: "\n")
  }

  private static func line(_ cells: [String]) -> String {
    "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |\n"
  }

  private static func code(_ text: String) -> String { text.isEmpty ? "" : "`\(text)`" }
}
