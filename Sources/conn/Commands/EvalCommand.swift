import ArgumentParser

struct EvalCommand: HostCommand {
  static let configuration = CommandConfiguration(
    commandName: "eval", abstract: "Run one line of the language.")

  @Argument(help: "The pipeline to run.") var pipeline: String
  @Argument(help: "Values of the pipeline's parameters: name=value.") var arguments: [String] = []
  @OptionGroup var options: RunOptions

  var isColorDisabled: Bool { options.talk.noColor }

  func run(on host: Host) async throws {
    try await ScriptRunner(options, host).run(.line(pipeline), arguments: arguments)
  }
}
