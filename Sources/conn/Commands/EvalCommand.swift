import ArgumentParser

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
