import ConnectionsClient
import Engine
import Language

/// `grammar/reference.md`, made from the tables that the parser, the checker and the interpreter
/// read.
enum ReferencePage {
  static var text: String {
    [
      introduction, fields, operators, functions, stages, settings, regions, diagnostics,
    ].joined(separator: "\n")
  }

  private static let introduction = """
    # Reference

    Made from the program's own tables; a test says when it is stale
    (`CONN_RECORD=1 scripts/test --filter Reference` writes it anew). The syntax is in
    [conn.ebnf](conn.ebnf).

    """

  // MARK: Fields

  private static var fields: String {
    section(
      "Fields of a connection",
      "A `?` behind the type: it may be null. What is asked of the server is proven again here.",
      ["field", "type", "asked of the server as", "written by", "meaning"],
      Field.table.map { field in
        [
          code(field.name) + (field.alias.map { " (or \(code($0)))" } ?? ""),
          code("\(field.type)\(field.isNullable ? "?" : "")"), pushdown(field),
          field.writtenBy.map(\.rawValue).sorted().joined(separator: ", "), field.help,
        ]
      })
  }

  private static func pushdown(_ field: Field) -> String {
    switch field.pushdown {
    case .equality: "`==` as " + code(field.name)
    case .updatedAfter: "`>`, `>=` as `updated_after`"
    case .includesTags: "any reading adds `includes[]=tags`"
    case nil: field.origin == .requestOnly ? "sent, never answered" : ""
    }
  }

  // MARK: Operators

  private static var operators: String {
    section(
      "Operators, loosest first",
      """
      There is one null, and two truth values: `== null` and `!= null` ask for it, every other
      comparison with null is false, and `tags` that are null count as empty. Text is compared byte
      by byte, instants whatever their offsets. `if … then … else …` is looser than all of them.
      """,
      ["level", "operators", "several of them"],
      Precedence.allCases.map { level in
        [
          "\(level)", level.operators.map(code).joined(separator: " "),
          level.grouping,
        ]
      })
  }

  // MARK: Functions

  private static var functions: String {
    section(
      "Functions", "The examples are run with `--now 2026-01-31T10:00:00Z`.",
      ["example", "value", "meaning"],
      FunctionDefinition.table.map(\.signature).map { function in
        [code(function.example.call), code(function.example.value), function.summary]
      })
  }

  // MARK: Stages

  private static var stages: String {
    section(
      "Stages",
      """
      The effect is what a pipeline with the stage can do: `read` nothing, `write` what can be
      undone, `destructive` what cannot; with `input` or `oauth_token_pair` it is `reauth`: the
      server tests credentials.
      """,
      ["stage", "effect", "meaning", "example"],
      StageDefinition.table.map(\.signature).map { stage in
        [
          code(stage.name), stage.effect.name, stage.summary,
          stage.example.split(separator: "\n").map { code(String($0)) }.joined(separator: "<br>"),
        ]
      })
  }

  // MARK: The configuration

  private static var settings: String {
    section(
      "Settings of a profile",
      """
      `profile "name" { key = value … }` and `default = "name"` stand in the configuration,
      `$XDG_CONFIG_HOME/conn/config.conn` or `~/.config/conn/config.conn`.
      """,
      ["setting", "type", "example", "meaning"],
      ProfileKey.table.map { [code($0.name), $0.type, code($0.example), $0.help] })
  }

  private static var regions: String {
    section(
      "Regions", "The hosts that `region` stands for.", ["region", "host"],
      Region.table.map { [code($0.name), $0.server.base] })
  }

  // MARK: Diagnostics

  private static var diagnostics: String {
    section(
      "Diagnostics", "`conn explain CODE` prints the long form.", ["code", "what"],
      DiagnosticArticle.table.map { [$0.code, $0.title] })
  }

  // MARK: Markdown

  private static func section(
    _ title: String, _ words: String, _ head: [String], _ rows: [[String]]
  ) -> String {
    let table = [head, head.map { _ in "---" }] + rows
    return "## \(title)\n\n\(words)\n\n" + table.map(line).joined()
  }

  private static func line(_ cells: [String]) -> String {
    "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |\n"
  }

  private static func code(_ text: String) -> String { text.isEmpty ? "" : "`\(text)`" }
}
