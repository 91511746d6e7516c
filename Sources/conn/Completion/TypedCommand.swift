/// The command, values and options before the word that is being typed.
struct TypedCommand {
  private(set) var command: CommandSyntax
  /// The positional arguments so far.
  private(set) var values: [String] = []
  /// The options so far, with the last value of each; flags have an empty one.
  private(set) var options: [ArgumentSyntax: String] = [:]
  /// The option whose value comes next.
  private(set) var pending: ArgumentSyntax?
  /// `true` iff no options can follow, because of `--`.
  private(set) var isTerminated = false

  init(_ program: CommandSyntax, _ words: some Sequence<String>) {
    command = program
    words.forEach { read($0) }
  }

  /// The positional argument that comes next.
  var positional: ArgumentSyntax? {
    // With --eval there is no file.
    let all = command.positionals.dropFirst(value(of: "--eval") == nil ? 0 : 1)
    if values.count < all.count { return all[all.startIndex + values.count] }
    return all.last.flatMap { $0.isRepeating ? $0 : nil }
  }

  /// `true` iff nothing follows the command yet, so that it may be a subcommand.
  var isBare: Bool { values.isEmpty && options.isEmpty && !isTerminated }

  /// `true` iff there are more positional arguments than the command takes.
  var isOverfull: Bool { values.count > command.positionals.count }

  /// The value of an option; `nil` if the option isn't given.
  func value(of name: String) -> String? { command.option(name).flatMap { options[$0] } }

  private mutating func read(_ word: String) {
    if let option = pending {
      options[option] = word
      pending = nil
    } else if isTerminated || !word.hasPrefix("-") || word == "-" {
      readValue(word)
    } else if word == "--" {
      isTerminated = true
    } else {
      readOption(word)
    }
  }

  private mutating func readValue(_ word: String) {
    if values.isEmpty, let next = command.subcommands.first(where: { $0.name == word }) {
      command = next
    } else {
      values.append(word)
    }
  }

  private mutating func readOption(_ word: String) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard let option = command.option(String(parts[0])) else { return }
    options[option] = parts.count > 1 ? String(parts[1]) : ""
    if option.kind == .option, parts.count == 1 { pending = option }
  }
}
