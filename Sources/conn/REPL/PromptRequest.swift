import Evaluation
import Language

/// A command as it was typed at the prompt.
struct PromptRequest: Sendable {
  let word: String
  let argument: String

  /// The name, and the first character, of the command for the shell.
  static let shell = "!"

  /// Other spellings of commands.
  private static let aliases = [
    ":q": "quit", "exit": "quit", "quit": "quit", ":h": "help", "help": "help", "?": "help",
    ":": "help",
  ]

  /// Parses a command; `nil` if the text is a statement.
  init?(_ typed: String) {
    let text = typed.trimmed
    if let name = Self.aliases[text] {
      (word, argument) = (name, "")
    } else if text.hasPrefix(Self.shell) {
      (word, argument) = (Self.shell, String(text.dropFirst()).trimmed)
    } else if text.hasPrefix(":") {
      word = String(text.dropFirst().prefix { !$0.isWhitespace })
      argument = String(text.dropFirst(1 + word.count)).trimmed
    } else {
      return nil
    }
  }

  var leaves: Bool { word == "quit" }

  /// Returns the command. Throws if it is unknown, or if its argument is missing or superfluous.
  func command() throws(RunError) -> PromptCommand {
    let table = PromptCommand.table
    guard let command = table.first(where: { $0.name == word }) else {
      let near = Diagnostic.nearest(word, among: table.map(\.name))
      throw RunError(
        .usage, "unknown command `:\(word)`",
        help: near.map { "did you mean `:\($0)`?" } ?? ":help lists the commands")
    }
    let isMissing = argument.isEmpty && !command.argument.isEmpty && command.argument.first != "["
    let isTooMuch = !argument.isEmpty && command.argument.isEmpty
    guard !isMissing, !isTooMuch else {
      throw RunError(.usage, "usage: `\(command.usage)`", help: command.summary)
    }
    return command
  }
}
