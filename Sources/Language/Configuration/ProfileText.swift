/// Finds text that may be a credential in the profiles of a configuration: the values of `token` and of
/// unknown settings, except `secret("…")` with a location, and addresses with a user.
///
/// It works on tokens, not on the syntax tree, so that a profile with syntax errors hides as much
/// as a valid one.
enum ProfileText {
  static func spans(in tokens: [Token]) -> [SourceSpan] {
    guard var index = tokens.indices.first(where: { beginsProfile(tokens, $0) }) else { return [] }
    var spans: [SourceSpan] = []
    while index + 2 < tokens.count {
      index += 1
      guard beginsSetting(tokens, index), mayBeCredential(tokens[index]) else { continue }
      let isHost = tokens[index].kind == .name("host")
      let start = tokens[(index + 2)...].firstIndex { $0.terminal != .newline } ?? index + 2
      let value = tokens[start...].prefix { !$0.terminal.separatesSettings }
      spans += isHost && !value.contains(where: mayHoldUser) ? [] : hidden(value)
      index = value.endIndex - 1
    }
    return spans
  }

  private static func beginsProfile(_ tokens: [Token], _ index: Int) -> Bool {
    tokens[index].terminal == .word(.profile) && beginsLine(tokens, index)
      && tokens[index + 1].terminal != .symbol(.assign)
  }

  /// `true` iff a setting begins here: `key = …` anywhere, and at the start of a line also `key: …`
  /// and `key == …`, which are common mistakes for it.
  private static func beginsSetting(_ tokens: [Token], _ index: Int) -> Bool {
    guard case .name = tokens[index].kind else { return false }
    switch tokens[index + 1].terminal {
    case .symbol(.assign): return true
    case .symbol(.equal), .symbol(.colon): return beginsLine(tokens, index)
    default: return false
    }
  }

  private static func beginsLine(_ tokens: [Token], _ index: Int) -> Bool {
    index == 0 || tokens[index - 1].terminal.separatesSettings
      || tokens[index - 1].terminal == .symbol(.leftBrace)
  }

  /// `true` iff the token of an address may contain a user and password.
  private static func mayHoldUser(_ token: Token) -> Bool {
    switch token.kind {
    case .literal(.string(let text)): CredentialScanner.mayHoldCredentials(address: text)
    case .interpolation, .invalid: true
    default: false
    }
  }

  /// `true` iff the setting may contain a credential. A field name can't: it begins a comparison.
  private static func mayBeCredential(_ key: Token) -> Bool {
    guard case .name(let name) = key.kind, name != "default", Field.named(name) == nil else {
      return false
    }
    return ProfileSetting.named(name).map { [.token, .proxy, .address].contains($0.kind) } ?? true
  }

  /// Returns the parts of a value to hide; none if the value only names the token's location.
  private static func hidden(_ value: ArraySlice<Token>) -> [SourceSpan] {
    let words = value.prefix { $0.kind != .symbol(.rightBrace) || $0 == value.first }
    if isReference(words.map(\.kind)) || isPlainAddress(words.map(\.kind)) { return [] }
    return value.filter { !$0.kind.isPartOfReference }.map(\.span)
  }

  /// `true` iff the value is the address of a proxy without user and password.
  private static func isPlainAddress(_ kinds: [Token.Kind]) -> Bool {
    guard kinds.count == 1, case .literal(.string(let text)) = kinds[0] else { return false }
    return (text == "none" || text.hasPrefix("http://"))
      && !CredentialScanner.mayHoldCredentials(address: text)
  }

  /// `true` for `secret("env:NAME")`, and for the location without the call.
  private static func isReference(_ kinds: [Token.Kind]) -> Bool {
    let texts = kinds.compactMap { kind in
      if case .literal(.string(let text)) = kind { text } else { nil }
    }
    let others = kinds.filter { if case .literal(.string) = $0 { false } else { true } }
    return texts.count == 1 && texts.allSatisfy(CredentialScanner.isPlace)
      && others.allSatisfy(\.isPartOfReference)
  }
}

extension Token.Terminal {
  fileprivate var separatesSettings: Bool {
    self == .newline || self == .symbol(.semicolon) || self == .end
  }
}

extension Token.Kind {
  fileprivate var isPartOfReference: Bool {
    switch self {
    case .name("secret"), .symbol(.leftParenthesis), .symbol(.rightParenthesis): true
    default: false
    }
  }
}
