import ArgumentParser

struct REPLCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "repl", abstract: "Read and run lines from a prompt.")

  @OptionGroup var options: RunOptions

  func run() async throws { try await ScriptRunner(options).prompt() }
}
