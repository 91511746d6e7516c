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
