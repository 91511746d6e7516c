import ArgumentParser

struct RunCommand: HostCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run a script.")

  @Argument(help: "The script to run; - for stdin.") var file: String
  @Argument(help: "Values of the script's parameters: name=value.") var arguments: [String] = []
  @OptionGroup var options: RunOptions

  var isColorDisabled: Bool { options.talk.noColor }

  func run(on host: Host) async throws {
    try await ScriptRunner(options, host).run(.file(file), arguments: arguments)
  }
}
