/// A reference to a place that holds a secret. The secret is read just before the first write.
package struct SecretReference: Hashable, Sendable {
  package let source: Source

  package enum Source: Hashable, Sendable {
    case environment(String)
    case file(String)
    case command([String])
    case prompt
  }

  /// Reads `env:NAME`, `file:PATH`, `cmd:ARGV` or `prompt`; `nil` for anything else, also for a
  /// command with an open quote.
  package init?(_ text: String) {
    if text == "prompt" {
      source = .prompt
      return
    }
    guard let colon = text.firstIndex(of: ":") else { return nil }
    let rest = String(text[text.index(after: colon)...])
    guard !rest.isEmpty, let source = Self.source(String(text[..<colon]), rest) else { return nil }
    self.source = source
  }

  private static func source(_ kind: String, _ rest: String) -> Source? {
    switch kind {
    case "env": .environment(rest)
    case "file": .file(rest)
    case "cmd": command(rest)
    default: nil
    }
  }

  private static func command(_ text: String) -> Source? {
    guard let words = WordList(text)?.words, !words.isEmpty else { return nil }
    return .command(words)
  }

  /// The environment variable; `nil` if the secret is kept elsewhere.
  package var variable: String? { if case .environment(let name) = source { name } else { nil } }
}

extension SecretReference: CustomStringConvertible {
  /// The reference as written in a script: `env:NAME`.
  package var description: String {
    switch source {
    case .environment(let name): "env:\(name)"
    case .file(let path): "file:\(path)"
    case .command(let words): "cmd:\(WordList.text(words))"
    case .prompt: "prompt"
    }
  }
}
