import Inspection

/// A key with a meaning of its own at the prompt, beside those of GNU readline.
struct PromptKey: Sendable {
  let key: String
  let summary: String
  /// What `~/.inputrc` calls it; `nil` for what is no command of readline.
  var command: String?

  static let table = [
    PromptKey(key: "Tab", summary: "completes names, fields, operators, files and values"),
    PromptKey(
      key: "C-x p", summary: "says what the line would do; nothing is sent", command: "conn-preview"
    ),
    PromptKey(
      key: "C-c", summary: "gives the line up, or ends what is running",
      command: "conn-abandon-line"),
    PromptKey(key: "C-z", summary: "stops conn; the shell's fg goes on", command: "conn-suspend"),
    PromptKey(key: "C-b", summary: "while a run writes: puts it aside, so that others can be read"),
    PromptKey(key: "C-r", summary: "searches the history"),
    PromptKey(key: "C-d", summary: "leaves, on an empty line"),
  ]

  static let help = HelpTable(
    "keys", "Keys", "Readline's own are in its manual; ~/.inputrc changes all, under `$if conn`.",
    table.map { key in
      HelpEntry(
        [key.key], key.key, key.summary,
        facts: ["in ~/.inputrc": key.command ?? ""])
    })
}

extension PromptCommand {
  /// What `:help` knows of the commands.
  static let help = HelpTable(
    "commands", "Commands", "They are for the prompt, and no part of the language.",
    table.map { HelpEntry([$0.name, ":" + $0.name], $0.usage, $0.summary) })
}
