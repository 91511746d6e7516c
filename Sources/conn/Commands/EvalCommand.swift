import ArgumentParser

struct EvalCommand: ScriptCommand {
  static let configuration = CommandConfiguration(
    commandName: "eval", abstract: "Run one line of the language.",
    discussion: "Example: conn eval 'list where not connected | count'"
  ).belowConn

  @Argument(help: "The pipeline to run.") var pipeline: String
  @Argument(
    help: ArgumentHelp("Values of the pipeline's parameters.", valueName: "name=value"))
  var arguments: [String] = []
  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var mode: ModeOptions
  @OptionGroup var selection: SelectionOptions
  @OptionGroup var execution: ExecutionOptions
  @OptionGroup var pace: PaceOptions
  @OptionGroup var talk: TalkOptions

  func run(on host: Host) async throws {
    try await ScriptRunner(options, host).run(.line(pipeline), arguments: arguments)
  }
}
