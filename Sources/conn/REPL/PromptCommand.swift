/// A command of the prompt, such as `:help`. Commands start with a colon and are not part of the
/// language.
struct PromptCommand: Sendable {
  let name: String
  /// The name of its argument: empty if it has none, in brackets if it is optional.
  let argument: String
  let summary: String
  /// The kind of argument that Tab completes.
  var subject: Subject?
  let perform: @MainActor @Sendable (Prompt, String) async throws -> Void

  /// A kind of argument.
  enum Subject: Sendable { case file, statement, interval, profile, run, topic }

  static let table: [PromptCommand] = [
    PromptCommand("help", "[TOPIC]", "show help, or one topic with examples", .topic) {
      prompt, topic in prompt.help(topic)
    },
    PromptCommand(
      "fields", "[PIPELINE]", "show the fields of a connection, or of a pipeline's rows", .statement
    ) { prompt, text in try prompt.showFields(text) },
    PromptCommand("tags", "", "show the tags of the last list, with counts") { prompt, _ in
      try prompt.showTags()
    },
    PromptCommand("why", "ID", "show why a row is or isn't in the last selection") {
      prompt, id in try prompt.why(id)
    },
    PromptCommand(
      "explain", "[PIPELINE]", "show what a pipeline asks of the server, and its effect", .statement
    ) {
      prompt, text in try prompt.explain(text)
    },
    PromptCommand("go", "", "apply the plan that was shown last") { prompt, _ in
      try prompt.go()
    },
    PromptCommand("plan", "FILE", "save the pending plan for conn apply", .file) { prompt, path in
      try await prompt.plan(path)
    },
    PromptCommand("fg", "", "wait for the run in the background (Ctrl-B)") { prompt, _ in
      try prompt.undoRun()
    },
    PromptCommand(
      "watch", "SECONDS PIPELINE", "repeat a pipeline that reads, and show what changes", .interval
    ) { prompt, text in try prompt.watch(text) },
    PromptCommand("run", "FILE name=value", "run a script in this workspace", .file) {
      prompt, words in try prompt.runFile(words)
    },
    PromptCommand("resume", "[RUN]", "resume an interrupted run (default: the last one)", .run) {
      prompt, words in try prompt.resume(words)
    },
    PromptCommand("runs", "", "list the runs that wrote something") { prompt, _ in
      try prompt.showRuns()
    },
    PromptCommand(
      "undo", "[RUN]", "plan the inverse of a run (default: the last one)", .run
    ) {
      prompt, name in try prompt.undo(name)
    },
    PromptCommand("save", "FILE", "save the last result as json, jsonl or csv", .file) {
      prompt, path in
      prompt.save(path)
    },
    PromptCommand("edit", "", "edit the last statement in $EDITOR") { prompt, _ in
      try prompt.edit()
    },
    PromptCommand("profile", "[NAME]", "list the profiles, or switch to one", .profile) {
      prompt, name in
      try await prompt.useProfile(name)
    },
    PromptCommand("dry-run", "", "send nothing; print every call") { prompt, _ in
      try await prompt.use(.dryRun)
    },
    PromptCommand("preview", "", "send GETs only; show and simulate every write") { prompt, _ in
      try await prompt.use(.preview)
    },
    PromptCommand("live", "", "back to normal: confirmed changes are sent") { prompt, _ in
      try await prompt.use(.live)
    },
    PromptCommand(
      PromptRequest.shell, "COMMAND", "run a shell command, without the token and the secrets"
    ) { prompt, command in prompt.shell(command) },
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
  var usage: String {
    word + (argument.isEmpty || name == PromptRequest.shell ? "" : " ") + argument
  }

  /// The word that calls it, such as `:help`.
  var word: String { name == PromptRequest.shell ? name : ":" + name }
}
