import API
import ConnectionsClient
import Inspection
import Language
import Planning
import Text

/// Completes a command line: commands, options and what their values can name. It reads files only; it
/// sends nothing and starts no program.
struct CommandCompleter {
  let host: Host
  let program: CommandSyntax

  /// Returns what the last of the words may become. The words are those after `conn`. Texts that a
  /// terminal wouldn't show as they are, such as file names with control characters, are left out.
  func candidates(_ words: [String]) -> [Candidate] {
    let word = words.last ?? ""
    return candidates(word, TypedCommand(program, words.dropLast())).filter {
      $0.text.utf8.starts(with: word.utf8) && !$0.text.hasHiddenCharacters
        && host.secrets.masking($0.text) == $0.text
    }
  }

  private func candidates(_ word: String, _ typed: TypedCommand) -> [Candidate] {
    if let option = typed.pending { return values(of: option, word, typed) }
    if !typed.isTerminated, word.hasPrefix("-") { return options(word, typed) }
    let named = typed.isBare ? typed.command.shownSubcommands.map(Candidate.init) : []
    if let positional = typed.positional { return named + values(of: positional, word, typed) }
    return named.isEmpty && !typed.isOverfull ? options(word, typed) : named
  }

  // MARK: Options

  private func options(_ word: String, _ typed: TypedCommand) -> [Candidate] {
    if let equals = word.firstIndex(of: "="),
      let option = typed.command.option(String(word[..<equals])), option.kind == .option
    {
      let start = word.index(after: equals)
      return values(of: option, String(word[start...]), typed).prefixed(word[..<start])
    }
    return typed.command.options.filter { $0.isRepeating || typed.options[$0] == nil }
      .compactMap { option in option.longName.map { Candidate($0, .keyword, option.title) } }
  }

  // MARK: Values

  private func values(of argument: ArgumentSyntax, _ word: String, _ typed: TypedCommand)
    -> [Candidate]
  {
    if !argument.values.isEmpty {
      return argument.values.map {
        Candidate($0, .value, $0 == argument.defaultValue ? "default" : "")
      }
    }
    return (ValueSubject.table[argument.valueName] ?? []).flatMap { values($0, word, typed) }
  }

  private func values(_ subject: ValueSubject, _ word: String, _ typed: TypedCommand) -> [Candidate]
  {
    switch subject {
    case .script: FileNames(host: host).candidates(word, ["conn"])
    case .file: FileNames(host: host).candidates(word, [])
    case .parameter: ParameterCandidates(host: host, typed: typed).candidates(word)
    case .plan: StoredCandidates(host: host).plans(word)
    case .run: StoredCandidates(host: host).runs(word)
    case .profile:
      ConfigurationFile.known(host).profiles.map { Candidate($0.name, .value, $0.server.base) }
    case .topic: topics
    case .diagnostic:
      HelpTable.diagnostics.entries.map { Candidate($0.signature, .value, $0.summary) }
    case .server: Region.table.map { Candidate($0.server.base, .value, "region \($0.name)") }
    case .tokenPlace: places(word)
    }
  }

  private var topics: [Candidate] {
    HelpPage().topics.map { Candidate($0, .value) } + program.shownSubcommands.map(Candidate.init)
  }

  private func places(_ word: String) -> [Candidate] {
    if word.hasPrefix("file:") {
      let path = word.dropFirst("file:".count)
      return FileNames(host: host).candidates(String(path), []).prefixed("file:")
    }
    if word.hasPrefix("env:") {
      return host.environment.keys.sorted().map { Candidate("env:" + $0, .value) }
    }
    return [
      Candidate("env:", .value, "an environment variable"), Candidate("file:", .value, "a file"),
      Candidate("cmd:", .value, "the output of a command"),
    ]
  }
}

extension Candidate {
  fileprivate init(_ command: CommandSyntax) {
    self.init(command.name, .keyword, command.summary)
  }
}

extension [Candidate] {
  fileprivate func prefixed(_ start: Substring) -> [Candidate] {
    map { Candidate(start + $0.text, $0.kind, $0.detail) }
  }
}
