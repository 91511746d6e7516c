import ArgumentParser
import Language
import Planning

struct ApplyCommand: HostCommand {
  static let configuration = CommandConfiguration(
    commandName: "apply", abstract: "Apply a saved plan: exactly its writes, and nothing else.",
    discussion: """
      A plan can be applied once, within 24 hours, to the workspace and with the token that it was \
      made for. conn lists the workspace once and checks every target: if a value that the plan \
      read or would change has changed since, that target is left alone.

      Example: conn apply cleanup.plan
      """
  ).belowConn

  @Argument(help: "The plan file.") var plan: String
  @Option(
    help: ArgumentHelp(
      "Refuse a plan older than this, such as 2h (default: 24h).", valueName: "duration"))
  var maxAge: String?
  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var execution: ExecutionOptions
  @OptionGroup var pace: PaceOptions
  @OptionGroup var talk: TalkOptions

  var isColorDisabled: Bool { talk.noColor }

  func validate() throws {
    if workspace.snapshot != nil {
      throw ValidationError("apply checks its targets in the workspace; --snapshot is not allowed")
    }
    if maxAge != nil, age == nil {
      throw ValidationError("--max-age must be a duration such as 2h")
    }
  }

  private var age: TimeSpan? {
    guard let maxAge else { return ApplyPreconditions.defaultAge }
    return try? TimeSpan.parse(maxAge)
  }

  func run(on host: Host) async throws {
    let runner = try ScriptRunner(try options, host)
    try await runner.summarized {
      try await runner.apply(
        try PlanFiles(host: host).read(plan), named: plan,
        maxAge: age ?? ApplyPreconditions.defaultAge)
    }
  }

  private var options: RunOptions {
    get throws {
      var options = try RunOptions.parse([])
      options.workspace = workspace
      options.execution = execution
      options.pace = pace
      options.talk = talk
      return options
    }
  }
}
