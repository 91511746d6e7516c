import Inspection

/// A key that the prompt handles in addition to the keys of GNU readline.
struct PromptKey: Sendable {
  let key: String
  let summary: String
  /// The name of its command in `~/.inputrc`; `nil` if it is not a readline command.
  var command: String?

  static let table = [
    PromptKey(key: "Tab", summary: "complete names, fields, operators, files and values"),
    PromptKey(
      key: "Right, End",
      summary: "at the end of the line: take over the rest of an earlier line, shown in grey"),
    PromptKey(
      key: "C-x p", summary: "show what the line would do; sends nothing", command: "conn-preview"),
    PromptKey(
      key: "C-c", summary: "abandon the line, or cancel what is running",
      command: "conn-abandon-line"),
    PromptKey(
      key: "C-z", summary: "suspend conn; the shell's fg resumes it", command: "conn-suspend"),
    PromptKey(key: "C-b", summary: "move a writing run to the background, and keep reading"),
    PromptKey(key: "C-r", summary: "search the history"),
    PromptKey(key: "C-d", summary: "leave, on an empty line"),
  ]

  static let help = HelpTable(
    "keys", "Keys",
    "Readline's own keys are in its manual; change any key in ~/.inputrc, under `$if conn`.",
    table.map { key in
      HelpEntry(
        [key.key], key.key, key.summary,
        facts: ["in ~/.inputrc": key.command ?? ""])
    })
}

extension PromptCommand {
  /// The topics of `:help` for the commands.
  static let help = HelpTable(
    "commands", "Commands", "They work at the prompt only; they are not part of the language.",
    table.map { HelpEntry([$0.name, $0.word], $0.usage, $0.summary) })
}
