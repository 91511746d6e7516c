import ArgumentParser

struct RunCommand: ScriptCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run a script.",
    discussion: "Example: conn run cleanup.conn tag=tag-legacy --preview"
  ).belowConn

  @Argument(help: ArgumentHelp("The script to run; - for stdin.", valueName: "script"))
  var file: String
  @Argument(
    help: ArgumentHelp("Values of the script's parameters.", valueName: "name=value"))
  var arguments: [String] = []
  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var mode: ModeOptions
  @OptionGroup var selection: SelectionOptions
  @OptionGroup var execution: ExecutionOptions
  @OptionGroup var pace: PaceOptions
  @OptionGroup var talk: TalkOptions

  func run(on host: Host) async throws {
    try await ScriptRunner(options, host).run(.file(file), arguments: arguments)
  }
}
