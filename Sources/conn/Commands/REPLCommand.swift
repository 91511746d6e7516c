import ArgumentParser

struct REPLCommand: ScriptCommand {
  static let configuration = CommandConfiguration(
    commandName: "repl", abstract: "Open the prompt: read lines and run them.",
    discussion: "Example: conn repl --simulator"
  ).belowConn

  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var mode: ModeOptions
  @OptionGroup var selection: SelectionOptions
  @OptionGroup var execution: ExecutionOptions
  @OptionGroup var pace: PaceOptions
  @OptionGroup var talk: TalkOptions

  func run(on host: Host) async throws { try await ScriptRunner(options, host).prompt() }
}
