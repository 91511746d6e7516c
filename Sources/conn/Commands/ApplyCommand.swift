import ArgumentParser
import Language
import Planning

struct ApplyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apply", abstract: "Carry out exactly the writes of a plan.",
    discussion: """
      A plan is carried out once, on the workspace and with the token that it was made with, \
      within 24 hours. One list proves each target again: a target is left alone whose values have \
      changed that the plan read, or would change.
      """)

  @Argument(help: "The file of the plan.") var plan: String
  @Option(
    help: ArgumentHelp("Refuse a plan older than this, such as 2h.", valueName: "duration"))
  var maxAge: String?
  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var execution: ExecutionOptions
  @OptionGroup var talk: TalkOptions

  func validate() throws {
    if workspace.snapshot != nil {
      throw ValidationError("apply proves its targets on the workspace, not on a --snapshot")
    }
    if maxAge != nil, age == nil { throw ValidationError("--max-age takes a duration such as 2h") }
  }

  private var age: TimeSpan? {
    guard let maxAge else { return ApplyPreconditions.defaultAge }
    return try? TimeSpan.parse(maxAge)
  }

  func run() async throws {
    let runner = try ScriptRunner(try options)
    try await runner.summarized {
      try await runner.apply(
        try PlanFiles.read(plan), named: plan, mostAge: age ?? ApplyPreconditions.defaultAge)
    }
  }

  private var options: RunOptions {
    get throws {
      var options = try RunOptions.parse([])
      options.workspace = workspace
      options.execution = execution
      options.talk = talk
      return options
    }
  }
}
