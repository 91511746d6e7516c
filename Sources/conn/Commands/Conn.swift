import API
import ArgumentParser
import Evaluation
import Glibc
import JSON

/// The `conn` program: parses the command line, runs the command, and exits with its code.
@main
struct Conn: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "conn",
    abstract: "Manage Workato connections with scripts: select with a pipeline, preview, apply.",
    discussion: """
      \(introduction)

      Examples:
      \(examples.map { "  \($0)" }.joined(separator: "\n"))

      Next: conn help language, conn help where, conn run SCRIPT --help, conn COMMAND --help.

      Exit codes:
      \(exitCodes)
      """,
    version: Version.number,
    subcommands: [
      RunCommand.self, EvalCommand.self, REPLCommand.self, PlanCommand.self, ShowCommand.self,
      ApplyCommand.self, RunsCommand.self, ResumeCommand.self, UndoCommand.self, CheckCommand.self,
      FormatCommand.self, TestCommand.self, ExplainCommand.self, LanguageServerCommand.self,
      ProfileCommand.self, SimulateCommand.self, HelpCommand.self, CompleteCommand.self,
      StartCommand.self,
    ],
    defaultSubcommand: StartCommand.self)

  static let introduction =
    "Without a command, conn opens its prompt on a terminal; otherwise it runs the script on stdin."

  static let examples = [
    "conn --simulator", "conn eval --simulator 'list where not connected | select id, name'",
    "conn run cleanup.conn tag=tag-legacy --preview",
  ]

  /// The names of the commands that a person can give.
  static var commandNames: [String] {
    configuration.subcommands.compactMap { command in
      let own = command.configuration
      return own.shouldDisplay ? own.commandName : nil
    }
  }

  /// The command with all its subcommands. The parser has no other description of itself than the one
  /// it prints for `--experimental-dump-help`.
  static var syntax: CommandSyntax {
    let description = try? JSONParser.parse(Array(_dumpHelp().utf8))
    return CommandSyntax(description?["command"] ?? .null)
  }

  static func command(named name: String) -> (any ParsableCommand.Type)? {
    configuration.subcommands.first { $0.configuration.commandName == name }
  }

  private static let exitCodes = Evaluation.ExitCode.allCases
    .map { "  \($0.rawValue)  \($0.summary)" }.joined(separator: "\n")

  static func main() async {
    ProcessSetup.prepare()
    let host = Host.ofProcess()
    do {
      try Host.requireDirectoryOfProcess()
      Glibc.exit(await run(try Host.argumentsOfProcess(), on: host).rawValue)
    } catch {
      Glibc.exit(host.report(error).rawValue)
    }
  }

  /// Parses the arguments and runs the command. Returns the exit code, after reporting any error.
  static func run(_ arguments: [String], on host: Host) async -> Evaluation.ExitCode {
    var host = host
    do {
      if let script = ScriptHelp.script(in: arguments) {
        try ScriptHelp(host: host).show(script)
        return .success
      }
      var command = try command(arguments, on: host)
      guard let command = command as? any HostCommand else {
        try command.run()
        return .success
      }
      host.isColorDisabled = command.isColorDisabled
      try await command.run(on: host)
      return .success
    } catch {
      return host.report(error)
    }
  }
}

extension Conn {
  private static func command(_ arguments: [String], on host: Host) throws -> any ParsableCommand {
    if let command = plainCommand(arguments) { return command }
    do { return try parseAsRoot(arguments) } catch {
      throw ScriptHelp(host: host).misplacedParameter(in: arguments) ?? error
    }
  }

  /// Returns the command of arguments that begin with its name and have no mistakes. Parsing from the
  /// root, which also finds mistakes and `--help`, takes twice as long.
  private static func plainCommand(_ arguments: [String]) -> (any HostCommand)? {
    guard let name = arguments.first, let command = command(named: name),
      command.configuration.subcommands.isEmpty
    else { return nil }
    return try? command.parseAsRoot(Array(arguments.dropFirst())) as? any HostCommand
  }
}

/// Runs when `conn` is called without a command. Its options can't be declared on ``Conn`` itself:
/// there they would take precedence over options of the same name in the other commands.
struct StartCommand: ScriptCommand {
  static let configuration = CommandConfiguration(commandName: "start", shouldDisplay: false)

  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var mode: ModeOptions
  @OptionGroup var selection: SelectionOptions
  @OptionGroup var execution: ExecutionOptions
  @OptionGroup var pace: PaceOptions
  @OptionGroup var talk: TalkOptions

  func run(on host: Host) async throws {
    let runner = try ScriptRunner(options, host)
    if host.hasTerminal {
      try await runner.prompt()
    } else {
      try await runner.run(.file("-"), arguments: [])
    }
  }
}

extension CommandConfiguration {
  /// The configuration of a command that can be parsed without its root. Its usage names the root.
  var belowConn: Self {
    var own = self
    own._superCommandName = "conn"
    return own
  }
}
