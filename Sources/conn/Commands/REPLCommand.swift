import ArgumentParser

struct REPLCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "repl", abstract: "Open the prompt: read lines and run them.")

  @OptionGroup var options: RunOptions

  func run() async throws { try await ScriptRunner(options).prompt() }
}
