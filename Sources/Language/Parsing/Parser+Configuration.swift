/// Parses the statements of the configuration and of test files.
extension Parser {
  /// `profile = "profile" , string , "{" , settings , "}" ;`
  mutating func profile() throws(Diagnostic) -> SettingsBlock {
    advance()
    return try settingsBlock(named: try profileName())
  }

  /// `test = "test" , string , "{" , settings , "}" ;`
  mutating func test() throws(Diagnostic) -> SettingsBlock {
    advance()
    guard case .literal(.string(let name)) = current.kind else {
      throw .testWithoutQuotes(current)
    }
    return try settingsBlock(named: Name(text: name, span: advance().span), areOfTest: true)
  }

  private mutating func settingsBlock(named name: Name, areOfTest: Bool = false)
    throws(Diagnostic) -> SettingsBlock
  {
    let start = current.span.start
    let settings = try braced { parser throws(Diagnostic) in
      parser.settings(areOfTest: areOfTest)
    }
    return SettingsBlock(name: name, settings: settings, body: span(from: start))
  }

  /// `settings = { separator } , [ setting , { separator , { separator } , setting } ] ,
  ///            { separator } ;`
  private mutating func settings(areOfTest: Bool) -> [SettingsBlock.Setting] {
    var settings: [SettingsBlock.Setting] = []
    skipSeparators()
    while terminal != .end, !closesBlock, !startsSettingsBlock {
      let setting = recovering(to: { _ in false }) { parser throws(Diagnostic) in
        try parser.setting()
      }
      if let setting { settings.append(endsStatement ? setting : setting.broken) }
      endStatement()
      skipSeparators()
    }
    if areOfTest { markTestSetting(taken: Set(settings.map(\.key.text))) }
    return settings
  }

  /// `setting = word , "=" , expression ;`
  private mutating func setting() throws(Diagnostic) -> SettingsBlock.Setting {
    let key = try name("a setting name")
    try expect(.assign)
    let value = recoveringExpression()
    return SettingsBlock.Setting(key: key, value: value, span: span(from: key.span.start))
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

  /// `true` iff a profile or test begins here, which means that the previous one wasn't closed.
  private var startsSettingsBlock: Bool {
    guard case .literal(.string) = following.kind else { return false }
    return terminal == .word(.profile) || terminal == .word(.test)
  }
}

extension SettingsBlock.Setting {
  /// The setting without its value, because an error in the text after it is reported instead.
  fileprivate var broken: SettingsBlock.Setting {
    SettingsBlock.Setting(
      key: key, value: Expression(kind: .invalid, span: value.span), span: span)
  }
}

extension Diagnostic {
  fileprivate static func profileWithoutQuotes(_ token: Token) -> Diagnostic {
    Diagnostic(
      "C0050", "expected a profile name in quotes, found \(token.kind.spoken)",
      at: token.span, label: "expected a name in quotes",
      help: ["for example `profile \"eu-prod\" { … }`"])
  }

  fileprivate static func testWithoutQuotes(_ token: Token) -> Diagnostic {
    Diagnostic(
      "C0050", "expected the name of a test in quotes, found \(token.kind.spoken)",
      at: token.span, label: "expected a name in quotes",
      help: ["for example `test \"disconnects tagged connections\" { … }`"])
  }
}
