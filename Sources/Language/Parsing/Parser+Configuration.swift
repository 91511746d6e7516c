/// Parses the statements of the configuration.
extension Parser {
  /// `profile = "profile" , string , "{" , settings , "}" ;`
  mutating func profile() throws(Diagnostic) -> Profile {
    advance()
    let name = try profileName()
    let start = current.span.start
    let settings = try braced { parser throws(Diagnostic) in parser.settings() }
    return Profile(name: name, settings: settings, body: span(from: start))
  }

  /// `settings = { separator } , [ setting , { separator , { separator } , setting } ] ,
  ///            { separator } ;`
  private mutating func settings() -> [Profile.Setting] {
    var settings: [Profile.Setting] = []
    skipSeparators()
    while current.kind != .end, !closesBlock, !startsProfile {
      let setting = recovering(to: { _ in false }) { parser throws(Diagnostic) in
        try parser.setting()
      }
      if let setting { settings.append(endsStatement ? setting : setting.broken) }
      endStatement()
      skipSeparators()
    }
    return settings
  }

  /// `setting = word , "=" , expression ;`
  private mutating func setting() throws(Diagnostic) -> Profile.Setting {
    let key = try name("a setting name")
    try expect(.assign)
    let value = recoveringExpression()
    return Profile.Setting(key: key, value: value, span: span(from: key.span.start))
  }

  /// `default = "default" , "=" , string ;`
  mutating func defaultProfile() throws(Diagnostic) -> Name {
    advance()
    try expect(.assign)
    return try profileName()
  }

  private mutating func profileName() throws(Diagnostic) -> Name {
    guard case .literal(.string(let name)) = current.kind else {
      throw .profileWithoutQuotes(current)
    }
    return Name(text: name, span: advance().span)
  }

  /// `true` iff a profile begins here, which means that the previous one wasn't closed.
  private var startsProfile: Bool {
    guard case .literal(.string) = following.kind else { return false }
    return current.kind == .name("profile")
  }
}

extension Profile.Setting {
  /// The setting without its value, because an error in the text after it is reported instead.
  fileprivate var broken: Profile.Setting {
    Profile.Setting(key: key, value: Expression(kind: .invalid, span: value.span), span: span)
  }
}

extension Diagnostic {
  fileprivate static func profileWithoutQuotes(_ token: Token) -> Diagnostic {
    Diagnostic(
      "C0050", "expected a profile name in quotes, found \(token.kind.spoken)",
      at: token.span, label: "expected a name in quotes",
      help: ["for example `profile \"eu-prod\" { … }`"])
  }
}
