import ArgumentParser
import Evaluation
import Inspection
import Language
import Text

struct HelpCommand: HostCommand {
  static let configuration = CommandConfiguration(
    commandName: "help", abstract: "Show help on a word of the language, a code or a command.",
    discussion: """
      Topics are the language, stages, functions, fields, operators, dates, settings, environment, \
      files, exit codes, diagnostics and scripts, such as conn help language, conn help where, \
      conn help exit codes, conn help C0103 or conn help cleanup.conn.

      Example: conn help where
      """)

  @Argument(help: "The topic; without one, conn lists all.") var topic: [String] = []
  @OptionGroup var talk: TalkOptions

  var isColorDisabled: Bool { talk.noColor }

  private static let page = HelpPage(command: "conn help")

  func run(on host: Host) async throws {
    let wanted = topic.joined(separator: " ")
    let command = Conn.command(named: wanted)
    guard wanted.isEmpty || Self.page.holds(wanted) else {
      if let command { throw CleanExit.helpRequest(command) }
      if host.disk.exists(wanted) { return try ScriptHelp(host: host).show(wanted) }
      throw Self.unknown(wanted)
    }
    host.output.data(
      Self.page.text(
        wanted.isEmpty ? nil : wanted, style: host.outputStyle, width: host.width))
    if command != nil {
      host.output.data("\n`conn \(wanted) --help` is the help of the command.\n")
    }
  }

  private static func unknown(_ topic: String) -> RunError {
    let near = Diagnostic.nearest(topic.lowercased(), among: page.topics + Conn.commandNames)
    return RunError(
      .usage, "no help on `\(topic.escapingHiddenCharacters().truncated(to: 60))`",
      help: (near.map { "did you mean `\($0)`? " } ?? "") + "conn help lists the topics")
  }
}
