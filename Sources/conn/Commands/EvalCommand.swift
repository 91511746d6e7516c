import ArgumentParser

struct EvalCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "eval", abstract: "Run one line of the language.")

  @Argument(help: "The pipeline to run.") var pipeline: String
  @Argument(help: "Values of the pipeline's parameters: name=value.") var arguments: [String] = []
  @OptionGroup var options: RunOptions

  func run() async throws {
    try await ScriptRunner(options).run(.line(pipeline), arguments: arguments)
  }
}
