import ArgumentParser

struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run a script.")

  @Argument(help: "The script to run; - for stdin.") var file: String
  @Argument(help: "Values of the script's parameters: name=value.") var arguments: [String] = []
  @OptionGroup var options: RunOptions

  func run() async throws {
    try await ScriptRunner(options).run(.file(file), arguments: arguments)
  }
}
