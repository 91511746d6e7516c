import Evaluation
import Language

/// The tables built from those that the checker and the interpreter use, so help can't go stale.
extension HelpTable {
  package static let stages = HelpTable(
    "stages", "Stages",
    """
    The effect of a stage: `read` changes nothing, `write` can be undone, `destructive` cannot. \
    Setting `input` or `oauth_token_pair` makes it `reauth`: the server tests the credentials.
    """,
    StageDefinition.table.map { stage in
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
    "A `?` after the type means it may be null. conn checks every server filter again itself.",
    Field.table.map { field in
      HelpEntry(
        [field.name] + (field.alias.map { [$0] } ?? []),
        field.name + (field.alias.map { " (or \($0))" } ?? ""), field.help,
        facts: [
          "type": "`\(field.type)\(field.isNullable ? "?" : "")`",
          "server filter": field.pushdownWords,
          "set by": field.writtenBy.map(\.rawValue).sorted().joined(separator: ", "),
        ])
    })

  package static let settings = HelpTable(
    "settings", "Settings of a profile",
    """
    Put `profile "name" { key = value … }` and `default = "name"` in the configuration file, \
    `$XDG_CONFIG_HOME/conn/config.conn` or `~/.config/conn/config.conn`.
    """,
    ProfileSetting.table.map { key in
      HelpEntry(
        [key.name], key.name, key.help,
        facts: ["type": key.type, "example": "`\(key.name) = \(key.example)`"])
    })

  package static let tests = HelpTable(
    "tests", "Settings of a test",
    """
    Put `test "name" { key = value … }` into a file beside the script: the tests of `clean.conn` are \
    in `clean_test.conn`. `let` names values that several tests share. `conn test` runs the tests.
    """,
    TestSetting.table.map { setting in
      HelpEntry(
        [setting.name], setting.name, setting.help,
        facts: ["type": setting.typeName, "example": "`\(setting.name) = \(setting.example)`"])
    })

  package static let exitCodes = HelpTable(
    "exit codes", "Exit codes", "They tell a calling script whether anything was changed.",
    ExitCode.allCases.map { code in
      HelpEntry(["exit \(code.rawValue)"], "exit \(code.rawValue)", code.summary)
    })

  package static let diagnostics = HelpTable(
    "diagnostics", "Diagnostics", "`conn explain CODE` prints the long form.",
    DiagnosticArticle.table.map { HelpEntry([$0.code], $0.code, $0.title) })
}

extension Field {
  /// The comparisons with the field that the server can evaluate; empty if there are none.
  var pushdownWords: String {
    switch pushdown {
    case .equality: "`==` as `\(name)`"
    case .updatedAfter: "`>`, `>=` as `updated_after`"
    case .includesTags: "reading it adds `includes[]=tags`"
    case nil: origin == .requestOnly ? "sent, never returned" : ""
    }
  }
}
