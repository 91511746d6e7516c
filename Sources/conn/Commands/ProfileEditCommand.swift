import ArgumentParser
import Evaluation
import Language

/// `conn profile add` and `conn profile remove`, which only explain where profiles are edited.
struct ProfileEditCommand: HostCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Explain where to edit profiles.", shouldDisplay: false,
    aliases: ["remove"])

  @Argument(parsing: .allUnrecognized) var rest: [String] = []

  func run(on host: Host) async throws {
    let path =
      ConfigurationFile.path(host.environment) ?? "$XDG_CONFIG_HOME/conn/config.conn"
    let error = RunError(
      .usage, "conn has no command to change profiles: they are in \(path)",
      help: "edit that file; a profile looks like this:")
    ErrorPrinter(host: host).show(error)
    host.output.talk(Self.example)
    throw ReportedFailure(exitCode: error.exitCode)
  }

  private static let example = """

    profile "eu-prod" {
      region = "eu"
      token = secret("env:WORKATO_API_TOKEN")
    }
    """
}
