import Inspection

@testable import conn

/// `conn(1)`, from the help of the program and of its commands.
enum ProgramManual {
  static var text: String {
    let program = Conn.syntax
    var page = ManualPage("conn", section: 1, "manage Workato connections with scripts")
    page.section("synopsis")
    page.paragraph("`conn` [option ...]")
    page.detail("`conn` command [option ...] [argument ...]")
    page.section("description")
    page.paragraph(program.summary)
    page.paragraph(Conn.introduction)
    page.paragraph(
      "`conn help language` shows the language on two screens, `conn help` `topic` everything about "
        + "a topic, and `conn` `command` `--help` the options of a command.")
    page.section("commands")
    let shared = program.command("run").options
    for command in program.shownSubcommands { add(command, "conn", shared, to: &page) }
    page.section("options")
    page.paragraph(
      "These are the options of `conn run`, `conn eval`, `conn repl` and `conn` without a command. "
        + "Other commands have some of them, and all have `--help`.")
    for option in shared { add(option, to: &page) }
    add(surroundings: &page)
    return page.text
  }

  private static func add(surroundings page: inout ManualPage) {
    page.table(.exitCodes, title: "exit status")
    page.table(.environment, title: "environment")
    page.table(.files)
    page.section("examples")
    page.display(Conn.examples)
    page.section("see also")
    page.paragraph("`conn-language`(7), `conn-config`(5)")
  }

  private static func add(
    _ command: CommandSyntax, _ parent: String, _ shared: [ArgumentSyntax],
    to page: inout ManualPage
  ) {
    let name = "\(parent) \(command.name)"
    page.subsection(([name] + command.positionals.map(\.usage)).joined(separator: " "))
    page.paragraph(command.summary)
    page.help(command.discussion)
    for argument in command.positionals { page.term(argument.valueName, argument.summary) }
    for option in command.options where !shared.contains(option) { add(option, to: &page) }
    let others = shared.filter { command.options.contains($0) && !isOfEveryCommand($0) }
    if !others.isEmpty, others.count + 2 < shared.count {
      let names = others.compactMap(\.longName).map { "`\($0)`" }.joined(separator: ", ")
      page.paragraph("Also \(names): see below.")
    }
    for subcommand in command.shownSubcommands { add(subcommand, name, shared, to: &page) }
  }

  private static func add(_ option: ArgumentSyntax, to page: inout ManualPage) {
    let value = option.kind == .option ? " \(option.valueName)" : ""
    page.term(option.names.joined(separator: ", ") + value, option.summary)
    if let value = option.defaultValue { page.detail("Default: `\(value)`") }
  }

  /// `--help` and `--version`.
  private static func isOfEveryCommand(_ option: ArgumentSyntax) -> Bool {
    ["--help", "--version"].contains(option.longName)
  }
}

extension CommandSyntax {
  fileprivate func command(_ name: String) -> CommandSyntax {
    subcommands.first { $0.name == name } ?? self
  }
}

extension ArgumentSyntax {
  /// The argument in a synopsis, such as `[name=value ...]`.
  var usage: String {
    let name = valueName + (isRepeating ? " ..." : "")
    return isOptional ? "[\(name)]" : name
  }
}
