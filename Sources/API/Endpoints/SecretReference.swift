/// A reference to a place that holds a secret. The secret is read just before the first write.
package struct SecretReference: Hashable, Sendable {
  package let source: Source

  package enum Source: Hashable, Sendable {
    case environment(String)
    case file(String)
    case command([String])
    case prompt
  }

  /// Reads `env:NAME`, `file:PATH`, `cmd:ARGV` or `prompt`; `nil` for anything else.
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
    case "cmd": .command(rest.split(separator: " ").map(String.init))
    default: nil
    }
  }
}

extension SecretReference: CustomStringConvertible {
  /// The reference as written in a script: `env:NAME`.
  package var description: String {
    switch source {
    case .environment(let name): "env:\(name)"
    case .file(let path): "file:\(path)"
    case .command(let words): "cmd:\(words.joined(separator: " "))"
    case .prompt: "prompt"
    }
  }
}
