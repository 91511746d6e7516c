/// Finds the literals that may be credentials: those assigned to a confidential field, and those
/// given to a name that looks like one.
///
/// It reads tokens, not syntax, so that a text with errors hides as much as one without.
enum ConfidentialText {
  static func spans(in tokens: [Token]) -> [SourceSpan] {
    var spans: [SourceSpan] = []
    var place = 0
    while place + 2 < tokens.count {
      if tokens[place + 1].kind.givesValue, isConfidentialField(tokens[place]) {
        place = collect(tokens, from: place + 2, into: &spans)
      } else {
        if tokens[place + 1].kind.givesValue, isCredential(named(tokens, place), tokens[place + 2])
        {
          spans.append(tokens[place + 2].span)
        }
        place += 1
      }
    }
    return spans
  }

  /// The name that gets the value: of `token: string = "…"`, it stands before the type.
  private static func named(_ tokens: [Token], _ place: Int) -> Token {
    let isTyped = place >= 2 && tokens[place - 1].kind == .symbol(.colon)
    return isTyped && tokens[place + 1].kind == .symbol(.assign) ? tokens[place - 2] : tokens[place]
  }

  /// `token = "…"` or `"token": "…"`.
  private static func isCredential(_ name: Token, _ value: Token) -> Bool {
    guard case .literal(.string(let text)) = value.kind else { return false }
    switch name.kind {
    case .name(let key), .literal(.string(let key)): return isCredential(text, key: key)
    default: return false
    }
  }

  /// `true` iff a text under this name is likely to be a secret itself, and not where one is kept.
  static func isCredential(_ text: String, key: String) -> Bool {
    let places = ["env:", "file:", "cmd:"]
    guard !text.isEmpty, text != "prompt", !places.contains(where: text.hasPrefix) else {
      return false
    }
    let name = key.lowercased().filter { $0 != "_" && $0 != "-" && $0 != " " }
    return words.contains { name.hasSuffix($0) }
  }

  private static let words = [
    "token", "secret", "password", "passwd", "passphrase", "apikey", "privatekey", "credential",
    "credentials",
  ]

  private static func isConfidentialField(_ token: Token) -> Bool {
    if case .name(let name) = token.kind {
      Field.named(name)?.isConfidential ?? false
    } else {
      false
    }
  }

  /// Takes the literals up to the end of the value, and returns the place behind it.
  private static func collect(_ tokens: [Token], from start: Int, into spans: inout [SourceSpan])
    -> Int
  {
    var depth = 0
    for place in start..<tokens.count {
      switch tokens[place].kind {
      case .literal, .interpolation: spans.append(tokens[place].span)
      case .symbol(.leftBrace), .symbol(.leftBracket), .symbol(.leftParenthesis): depth += 1
      case .symbol(.rightBrace), .symbol(.rightBracket), .symbol(.rightParenthesis): depth -= 1
      case .symbol(.comma), .symbol(.pipe), .symbol(.semicolon), .newline:
        if depth <= 0 { return place }
      default: break
      }
    }
    return tokens.count
  }
}

extension Token.Kind {
  /// `true` iff what stands before the token gets a value, or is meant to.
  fileprivate var givesValue: Bool {
    switch self {
    case .symbol(.assign), .symbol(.equal), .symbol(.colon): true
    default: false
    }
  }
}
