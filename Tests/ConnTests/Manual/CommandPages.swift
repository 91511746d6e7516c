import Evaluation
import Inspection
import Text

@testable import conn

/// The pages in `docs/commands`, one for each command, from what the help says.
enum CommandPages {
  /// The texts of the pages by their paths.
  static let texts = Dictionary(
    uniqueKeysWithValues: Conn.syntax.shownSubcommands.map { (path($0.name), text($0)) }
      + [(path("README"), index)])

  private static func path(_ name: String) -> String { "docs/commands/\(name).md" }

  // MARK: The index

  private static var index: String {
    var page = MarkdownWriter("Commands")
    page.paragraph(
      "`conn COMMAND --help` shows the same text as these pages. The manual page `conn(1)` has all of "
        + "them in one. Without a command, `conn` opens its prompt on a terminal; otherwise it runs the "
        + "script on stdin.")
    page.table(
      ["command", "what it does"],
      Conn.syntax.shownSubcommands.map {
        ["[`conn \($0.name)`](\($0.name).md)", MarkdownWriter.cell($0.summary)]
      })
    page.paragraph(
      "What the exit codes mean is in [output.md](../output.md#exit-codes); `conn help environment` and "
        + "`conn help files` list the variables and files.")
    return page.text
  }

  // MARK: One command

  private static func text(_ command: CommandSyntax) -> String {
    var page = MarkdownWriter("conn \(command.name)")
    describe(command, "conn", 2, &page)
    for subcommand in command.shownSubcommands {
      page.heading("conn \(command.name) \(subcommand.name)", 2)
      describe(subcommand, "conn \(command.name)", 3, &page)
    }
    page.heading("Exit codes", 2)
    exitCodes(of: command, &page)
    page.heading("See also", 2)
    page.paragraph((related[command.name] ?? []).joined(separator: ", "))
    return page.text
  }

  /// Adds what the help of a command says, with headings of this level.
  private static func describe(
    _ command: CommandSyntax, _ parent: String, _ level: Int, _ page: inout MarkdownWriter
  ) {
    let (discussion, examples) = parts(of: command.discussion)
    page.paragraph(command.summary)
    page.help(discussion)
    page.heading("Usage", level)
    page.code([usage(command, parent)], "sh")
    list("argument", command.positionals, level, &page)
    list("option", command.options.filter { !isOfEveryCommand($0) }, level, &page)
    guard !examples.isEmpty else { return }
    page.heading("Example", level)
    page.code(examples, "sh")
  }

  private static func usage(_ command: CommandSyntax, _ parent: String) -> String {
    let below = command.shownSubcommands.isEmpty ? [] : ["COMMAND"]
    let options = command.options.allSatisfy(isOfEveryCommand) ? [] : ["[OPTION ...]"]
    return ([parent, command.name] + options + command.positionals.map(\.usage) + below)
      .joined(separator: " ")
  }

  /// The paragraphs of a discussion, and the commands of its examples.
  private static func parts(of discussion: String) -> (String, [String]) {
    let parts = discussion.split(separator: "\n\n").map(String.init)
    let start = "Example: "
    return (
      parts.filter { !$0.hasPrefix(start) }.joined(separator: "\n\n"),
      parts.filter { $0.hasPrefix(start) }.map { String($0.dropFirst(start.count)) }
    )
  }

  private static func list(
    _ kind: String, _ arguments: [ArgumentSyntax], _ level: Int, _ page: inout MarkdownWriter
  ) {
    guard !arguments.isEmpty else { return }
    page.heading("\(kind.prefix(1).uppercased())\(kind.dropFirst())s", level)
    page.table([kind, "meaning"], arguments.map { [name($0), meaning($0)] })
  }

  private static func name(_ argument: ArgumentSyntax) -> String {
    guard argument.kind != .positional else { return "`\(argument.valueName)`" }
    let value = argument.kind == .option ? " \(argument.valueName.uppercased())" : ""
    return argument.names.map { "`\($0)\(value)`" }.joined(separator: ", ")
  }

  private static func meaning(_ argument: ArgumentSyntax) -> String {
    let values = argument.values.map { "`\($0)`" }.joined(separator: ", ")
    let standard = argument.defaultValue.map { "`\($0)`" } ?? ""
    return MarkdownWriter.cell(argument.summary) + (values.isEmpty ? "" : " Values: \(values).")
      + (standard.isEmpty ? "" : " Default: \(standard).")
  }

  /// `--help` and `--version`.
  private static func isOfEveryCommand(_ option: ArgumentSyntax) -> Bool {
    ["--help", "--version"].contains(option.longName)
  }

  // MARK: Exit codes

  private static func exitCodes(of command: CommandSyntax, _ page: inout MarkdownWriter) {
    let table = "the [table](../output.md#exit-codes)"
    guard let codes = known[command.name], let last = codes.last else {
      return page.paragraph("Those of \(table).")
    }
    let others = codes.dropLast().map { "\($0.rawValue)" }.joined(separator: ", ")
    page.paragraph("\(others) or \(last.rawValue), of \(table).")
  }

  /// The exit codes of commands that send nothing and return only a few.
  private static let known: [String: [ExitCode]] = [
    "check": [.success, .usage, .internalError], "fmt": [.success, .usage, .internalError],
    "help": [.success, .usage, .internalError],
    "test": [.success, .someFailed, .usage, .internalError],
  ]
}
