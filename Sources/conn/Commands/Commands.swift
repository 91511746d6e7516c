import ArgumentParser

struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run a script.")

  @Argument(help: "The script; - for stdin.") var file: String
  @Argument(help: "Values of the script's parameters: name=value.") var arguments: [String] = []
  @OptionGroup var options: RunOptions

  func run() async throws {
    try await ScriptRunner(options).run(.file(file), arguments: arguments)
  }
}

struct EvalCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "eval", abstract: "Run one line.")

  @Argument(help: "The pipeline.") var pipeline: String
  @Argument(help: "Values of parameters: name=value.") var arguments: [String] = []
  @OptionGroup var options: RunOptions

  func run() async throws {
    try await ScriptRunner(options).run(.line(pipeline), arguments: arguments)
  }
}

struct REPLCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "repl", abstract: "Read and run lines from a prompt.")

  @OptionGroup var options: RunOptions

  func run() async throws { try await ScriptRunner(options).prompt() }
}
