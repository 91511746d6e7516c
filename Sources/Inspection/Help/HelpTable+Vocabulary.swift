import Evaluation
import Language

/// The tables that the checker and the interpreter read.
extension HelpTable {
  package static let stages = HelpTable(
    "stages", "Stages",
    """
    The effect is what a pipeline with the stage can do: `read` nothing, `write` what can be \
    undone, `destructive` what cannot; with `input` or `oauth_token_pair` it is `reauth`: the \
    server tests credentials.
    """,
    StageDefinition.table.map(\.signature).map { stage in
      HelpEntry(
        [stage.name] + (stage.takesBy ? ["\(stage.name) by"] : []), stage.syntax, stage.summary,
        facts: ["effect": stage.effect.name], examples: [HelpEntry.Example(stage.example)])
    })

  package static let functions = HelpTable(
    "functions", "Functions", "The examples are run with `--now 2026-01-31T10:00:00Z`.",
    FunctionDefinition.table.map(\.signature).map { function in
      HelpEntry(
        [function.name, function.name + "()"], function.syntax, function.summary,
        examples: [HelpEntry.Example(function.example.call, function.example.value)])
    })

  package static let fields = HelpTable(
    "fields", "Fields of a connection",
    "A `?` behind the type: it may be null. What is asked of the server is proven again here.",
    Field.table.map { field in
      HelpEntry(
        [field.name] + (field.alias.map { [$0] } ?? []),
        field.name + (field.alias.map { " (or \($0))" } ?? ""), field.help,
        facts: [
          "type": "`\(field.type)\(field.isNullable ? "?" : "")`",
          "asked of the server": field.pushdownWords,
          "written by": field.writtenBy.map(\.rawValue).sorted().joined(separator: ", "),
        ])
    })

  package static let settings = HelpTable(
    "settings", "Settings of a profile",
    """
    `profile "name" { key = value … }` and `default = "name"` stand in the configuration, \
    `$XDG_CONFIG_HOME/conn/config.conn` or `~/.config/conn/config.conn`.
    """,
    ProfileKey.table.map { key in
      HelpEntry(
        [key.name], key.name, key.help,
        facts: ["type": key.type, "example": "`\(key.name) = \(key.example)`"])
    })

  package static let diagnostics = HelpTable(
    "diagnostics", "Diagnostics", "`conn explain CODE` prints the long form.",
    DiagnosticArticle.table.map { HelpEntry([$0.code], $0.code, $0.title) })
}

extension Field {
  /// How a comparison with the field is asked of the server; empty where it is not.
  var pushdownWords: String {
    switch pushdown {
    case .equality: "`==` as `\(name)`"
    case .updatedAfter: "`>`, `>=` as `updated_after`"
    case .includesTags: "any reading adds `includes[]=tags`"
    case nil: origin == .requestOnly ? "sent, never answered" : ""
    }
  }
}
