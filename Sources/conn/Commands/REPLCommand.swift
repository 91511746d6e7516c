import ArgumentParser

struct REPLCommand: HostCommand {
  static let configuration = CommandConfiguration(
    commandName: "repl", abstract: "Open the prompt: read lines and run them.")

  @OptionGroup var options: RunOptions

  var isColorDisabled: Bool { options.talk.noColor }

  func run(on host: Host) async throws { try await ScriptRunner(options, host).prompt() }
}
