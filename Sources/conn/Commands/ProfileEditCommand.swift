import ArgumentParser
import Evaluation
import Language

/// `conn profile add` and `remove`: profiles are written by hand, and it is said where and how.
struct ProfileEditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Say where profiles are written.", shouldDisplay: false,
    aliases: ["remove"])

  @Argument(parsing: .allUnrecognized) var rest: [String] = []

  func run() throws {
    let path =
      ConfigurationFile.path(ProcessEnvironment.read()) ?? "$XDG_CONFIG_HOME/conn/config.conn"
    let error = RunError(
      .usage, "no command changes the profiles: they are written in \(path)",
      help: "edit the file, which holds profiles such as")
    ErrorPrinter(sources: SourceMap(), isColorDisabled: false).show(error)
    StandardOutput.shared.talk(Self.example)
    throw CommandFailure(exitCode: error.exitCode)
  }

  private static let example = """

    profile "eu-prod" {
      region = "eu"
      token = secret("env:WORKATO_API_TOKEN")
    }
    """
}
