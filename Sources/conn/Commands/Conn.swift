import API
import ArgumentParser
import Evaluation
import Glibc

/// The program.
@main
struct Conn: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "conn",
    abstract: "Scripts for Workato connections: select with a pipeline, preview, carry out.",
    discussion: """
      Without a command: the prompt on a terminal, otherwise the script on stdin.

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

  /// Usage errors end with 2; help and the version with 0.
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

/// What `conn` does without a command. The options stand here and not with the program itself,
/// which would take them from the commands that have some of the same name.
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
