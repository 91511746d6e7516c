import Text

/// Finds literals that may be credentials: those assigned to a confidential field, and those
/// assigned to a name that looks like a credential.
///
/// It works on tokens, not on the syntax tree, so that a text with syntax errors hides as much as a
/// valid one. Error messages are exactly where a credential would leak.
package enum CredentialScanner {
  static func spans(in tokens: [Token]) -> [SourceSpan] {
    var spans: [SourceSpan] = []
    var offset = 0
    while offset + 2 < tokens.count {
      if tokens[offset + 1].terminal.givesValue,
        isConfidentialField(tokens[offset]) || isCredential(tokens, offset)
      {
        offset = collect(tokens, from: offset + 2, into: &spans)
      } else {
        offset += 1
      }
    }
    return spans + ProfileText.spans(in: tokens)
  }

  /// `true` iff the token is a bare word used as a value, such as a password without quotes.
  private static func isBareValue(_ tokens: [Token], _ offset: Int) -> Bool {
    let next = offset + 1 < tokens.count ? tokens[offset + 1].terminal : .end
    return tokens[offset - 1].terminal.givesValue && next != .symbol(.leftParenthesis)
      && next != .symbol(.colon) && next != .symbol(.dot)
  }

  /// `true` iff the token is the argument of `secret("env:NAME")`, which names the location of a
  /// secret and isn't one.
  private static func isSecretPlace(_ tokens: [Token], _ offset: Int) -> Bool {
    guard offset >= 2, case .literal(.string(let text)) = tokens[offset].kind else { return false }
    return isPlace(text) && tokens[offset - 1].terminal == .symbol(.leftParenthesis)
      && tokens[offset - 2].kind == .name("secret")
  }

  /// Returns the name that the value is assigned to; in `token: string = "…"` it comes before the
  /// type.
  private static func named(_ tokens: [Token], _ offset: Int) -> Token {
    let isTyped = offset >= 2 && tokens[offset - 1].terminal == .symbol(.colon)
    return isTyped && tokens[offset + 1].terminal == .symbol(.assign)
      ? tokens[offset - 2] : tokens[offset]
  }

  /// `true` iff the tokens assign a likely credential, as in `token = "…"` or `"token": [ … ]`.
  private static func isCredential(_ tokens: [Token], _ offset: Int) -> Bool {
    switch (named(tokens, offset).kind, tokens[offset + 2].kind) {
    case (.name(let key), .literal(.string(let text))),
      (.literal(.string(let key)), .literal(.string(let text))):
      isCredential(text, key: key)
    case (.name(let key), .interpolation), (.name(let key), .symbol(.leftBracket)),
      (.name(let key), .symbol(.leftParenthesis)), (.name(let key), .symbol(.leftBrace)):
      CredentialName.fits(key)
    default: false
    }
  }

  /// `true` iff a text assigned to this name is probably a secret itself, not the location of one.
  package static func isCredential(_ text: String, key: String) -> Bool {
    !text.isEmpty && !isPlace(text) && CredentialName.fits(key)
  }

  /// `true` iff the text is the location of a secret.
  static func isPlace(_ text: String) -> Bool {
    text == "prompt" || ["env:", "file:", "cmd:"].contains(where: text.hasPrefix)
  }

  /// `true` iff the address has a user and password before its host.
  static func mayHoldCredentials(address: String) -> Bool { address.contains("@") }

  private static func isConfidentialField(_ token: Token) -> Bool {
    guard case .name(let name) = token.kind else { return false }
    return Field.confidential.contains { $0.name == name || $0.alias == name }
  }

  /// Collects the literals up to the end of the value, and returns the index after it.
  private static func collect(_ tokens: [Token], from start: Int, into spans: inout [SourceSpan])
    -> Int
  {
    var depth = 0
    for offset in start..<tokens.count {
      switch tokens[offset].kind {
      case .literal where isSecretPlace(tokens, offset): continue
      case .literal, .interpolation, .invalid: spans.append(tokens[offset].span)
      case .name where isBareValue(tokens, offset): spans.append(tokens[offset].span)
      case .newline where offset == start: continue
      case .symbol(.leftBrace), .symbol(.leftBracket), .symbol(.leftParenthesis): depth += 1
      case .symbol(.rightBrace), .symbol(.rightBracket), .symbol(.rightParenthesis): depth -= 1
      case .symbol(.comma), .symbol(.pipe), .symbol(.semicolon), .newline:
        if depth <= 0 { return offset }
      default: break
      }
    }
    return tokens.count
  }
}

extension Token.Terminal {
  /// `true` iff the token assigns a value to the token before it, or was probably meant to.
  fileprivate var givesValue: Bool {
    switch self {
    case .symbol(.assign), .symbol(.equal), .symbol(.colon): true
    default: false
    }
  }
}
