import API
import ArgumentParser
import Evaluation
import Glibc

/// The `conn` program: parses the command line, runs the command, and exits with its code.
@main
struct Conn: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "conn",
    abstract: "Manage Workato connections with scripts: select with a pipeline, preview, apply.",
    discussion: """
      Without a command, conn opens its prompt on a terminal; otherwise it runs the script on stdin.

      Exit codes:
      \(exitCodes)
      """,
    version: Version.number,
    subcommands: [
      RunCommand.self, EvalCommand.self, REPLCommand.self, PlanCommand.self, ShowCommand.self,
      ApplyCommand.self, RunsCommand.self, ResumeCommand.self, UndoCommand.self, CheckCommand.self,
      FormatCommand.self, ExplainCommand.self, ProfileCommand.self, SimulateCommand.self,
      StartCommand.self,
    ],
    defaultSubcommand: StartCommand.self)

  private static let exitCodes = Evaluation.ExitCode.allCases
    .map { "  \($0.rawValue)  \($0.summary)" }.joined(separator: "\n")

  static func main() async {
    ProcessSetup.prepare()
    do {
      var command = try parseAsRoot()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch let failure as CommandFailure {
      Glibc.exit(failure.exitCode.rawValue)
    } catch {
      leave(with: error)
    }
  }

  /// Prints the error or the requested text, and exits: 2 for usage errors, 0 for help and version.
  private static func leave(with error: any Error) -> Never {
    let isRequest = exitCode(for: error) == .success
    let message = fullMessage(for: error).replacing("conn start", with: "conn")
    if isRequest {
      StandardOutput.shared.data(message.isEmpty ? "" : message + "\n")
    } else {
      StandardOutput.shared.talk(message)
    }
    Glibc.exit(isRequest ? 0 : Evaluation.ExitCode.usage.rawValue)
  }
}

/// Runs when `conn` is called without a command. Its options can't be declared on ``Conn`` itself:
/// there they would take precedence over options of the same name in the other commands.
struct StartCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "start", shouldDisplay: false)

  @OptionGroup var options: RunOptions

  func run() async throws {
    if Prompt.hasTerminal {
      try await ScriptRunner(options).prompt()
    } else {
      try await ScriptRunner(options).run(.file("-"), arguments: [])
    }
  }
}
