import Engine
import Language

/// What is typed behind a colon: for the prompt, and no part of the language.
struct PromptCommand: Sendable {
  let name: String
  /// How its argument is called; empty where it takes none, in brackets where it may be missing.
  let argument: String
  let summary: String
  /// What Tab finds behind it.
  var subject: Subject?
  let perform: @MainActor @Sendable (Prompt, String) async throws -> Void

  /// What an argument is one of.
  enum Subject: Sendable { case file, statement, profile, run, topic }

  static let table: [PromptCommand] = [
    PromptCommand("help", "[TOPIC]", "what there is, or a topic with its examples", .topic) {
      prompt, topic in prompt.help(topic)
    },
    PromptCommand(
      "fields", "[PIPELINE]", "the fields of a connection, or of what a pipeline gives", .statement
    ) { prompt, text in try prompt.showFields(text) },
    PromptCommand("tags", "", "the tags of the last listing, with counts") { prompt, _ in
      try prompt.showTags()
    },
    PromptCommand("why", "ID", "why the last selection has a connection, or has it not") {
      prompt, id in try prompt.why(id)
    },
    PromptCommand(
      "explain", "[PIPELINE]", "what a pipeline asks of the server, and its effect", .statement
    ) {
      prompt, text in try prompt.explain(text)
    },
    PromptCommand("go", "", "carry out the plan that was shown last") { prompt, _ in
      try prompt.go()
    },
    PromptCommand("plan", "FILE", "save that plan, for conn apply", .file) { prompt, path in
      try await prompt.plan(path)
    },
    PromptCommand("fg", "", "wait for the run that was put aside with Ctrl-B") { prompt, _ in
      try prompt.takeBackRun()
    },
    PromptCommand("runs", "", "the runs that wrote something") { prompt, _ in
      try prompt.showRuns()
    },
    PromptCommand(
      "undo", "[RUN]", "plan the inverse of a run; of the last one without a name", .run
    ) {
      prompt, name in try prompt.undo(name)
    },
    PromptCommand("save", "FILE", "save the last result as json, jsonl or csv", .file) {
      prompt, path in
      prompt.save(path)
    },
    PromptCommand("edit", "", "write the last statement anew in $EDITOR") { prompt, _ in
      try prompt.edit()
    },
    PromptCommand("profile", "[NAME]", "go on with the workspace of a profile", .profile) {
      prompt, name in
      try await prompt.useProfile(name)
    },
    PromptCommand("dry-run", "", "send nothing; print every call") { prompt, _ in
      try await prompt.use(.dryRun)
    },
    PromptCommand("preview", "", "send GETs only; print and simulate every write") { prompt, _ in
      try await prompt.use(.preview)
    },
    PromptCommand("live", "", "send what is written, as ever, once it is confirmed") { prompt, _ in
      try await prompt.use(.live)
    },
    PromptCommand("quit", "", "leave; so does Ctrl-D") { prompt, _ in prompt.isLeaving = true },
  ]

  private init(
    _ name: String, _ argument: String, _ summary: String, _ subject: Subject? = nil,
    perform: @escaping @MainActor @Sendable (Prompt, String) async throws -> Void
  ) {
    (self.name, self.argument, self.summary) = (name, argument, summary)
    (self.subject, self.perform) = (subject, perform)
  }

  /// `:help [TOPIC]`.
  var usage: String { ":" + name + (argument.isEmpty ? "" : " " + argument) }
}

/// A command as it was typed.
struct PromptRequest: Sendable {
  let word: String
  let argument: String

  /// Other words for commands.
  private static let aliases = [
    ":q": "quit", "exit": "quit", "quit": "quit", ":h": "help", "help": "help", "?": "help",
    ":": "help",
  ]

  /// `nil` where the text is a statement.
  init?(_ typed: String) {
    let text = typed.trimmed
    if let name = Self.aliases[text] {
      (word, argument) = (name, "")
    } else if text.hasPrefix(":") {
      word = String(text.dropFirst().prefix { !$0.isWhitespace })
      argument = String(text.dropFirst(1 + word.count)).trimmed
    } else {
      return nil
    }
  }

  var leaves: Bool { word == "quit" }

  /// Throws where there is no such command, or where it is not used as it must be.
  func command() throws(RunError) -> PromptCommand {
    let table = PromptCommand.table
    guard let command = table.first(where: { $0.name == word }) else {
      let near = Diagnostic.nearest(word, among: table.map(\.name))
      throw RunError(
        .usage, "there is no command `:\(word)`",
        help: near.map { "did you mean `:\($0)`?" } ?? ":help lists the commands")
    }
    let isMissing = argument.isEmpty && !command.argument.isEmpty && command.argument.first != "["
    let isTooMuch = !argument.isEmpty && command.argument.isEmpty
    guard !isMissing, !isTooMuch else {
      throw RunError(.usage, "usage: `\(command.usage)`", help: command.summary)
    }
    return command
  }
}
