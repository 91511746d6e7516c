/// Finds the literals that may be credentials: those assigned to a confidential field, and those
/// given to a name that looks like one.
///
/// It reads tokens, not syntax, so that a text with errors hides as much as one without.
enum ConfidentialText {
  static func spans(in tokens: [Token]) -> [SourceSpan] {
    var spans: [SourceSpan] = []
    var place = 0
    while place < tokens.count {
      if startsAssignment(tokens, place) {
        place = collect(tokens, from: place + 2, into: &spans)
      } else {
        if isCredential(tokens, place) { spans.append(tokens[place + 2].span) }
        place += 1
      }
    }
    return spans
  }

  /// `token = "…"` or `"token": "…"`.
  private static func isCredential(_ tokens: [Token], _ place: Int) -> Bool {
    guard place + 2 < tokens.count,
      [.symbol(.assign), .symbol(.colon)].contains(tokens[place + 1].kind),
      case .literal(.string(let text)) = tokens[place + 2].kind
    else { return false }
    switch tokens[place].kind {
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

  private static func startsAssignment(_ tokens: [Token], _ place: Int) -> Bool {
    guard case .name(let name) = tokens[place].kind, Field.named(name)?.isConfidential == true,
      place + 1 < tokens.count
    else { return false }
    return [.symbol(.assign), .symbol(.equal), .symbol(.colon)].contains(tokens[place + 1].kind)
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
