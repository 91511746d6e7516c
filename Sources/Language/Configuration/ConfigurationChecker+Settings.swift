import Text

/// Checks the values of settings.
extension ConfigurationChecker {
  mutating func region(_ value: Expression, _ key: ProfileSetting) -> String? {
    guard let name = text(value, key) else { return nil }
    if terms.regions.contains(name) { return name }
    report(.unknownRegion(name, value.span, among: terms.regions))
    return nil
  }

  mutating func address(_ value: Expression, _ key: ProfileSetting) -> String? {
    guard let address = text(value, key) else { return nil }
    guard let problem = terms.addressProblem(address) else { return address }
    report(.badAddress(problem, value.span))
    return nil
  }

  /// Checks the address of a proxy. One with credentials isn't repeated.
  mutating func proxy(_ value: Expression, _ key: ProfileSetting) -> String? {
    guard let address = text(value, key) else { return nil }
    if CredentialScanner.mayHoldCredentials(address: address) {
      report(.credentialsOfProxy(value.span))
    } else if let problem = terms.proxyProblem(address) {
      report(.badProxy(problem, value.span))
    } else {
      return address
    }
    return nil
  }

  /// Checks a path, which must not depend on the directory that a run is started in.
  mutating func path(_ value: Expression, _ key: ProfileSetting) -> String? {
    guard let path = text(value, key) else { return nil }
    if path.hasPrefix("/"), !path.utf8.contains(0) { return path }
    report(.relativePath(value.span, key))
    return nil
  }

  mutating func format(_ value: Expression, _ key: ProfileSetting) -> String? {
    guard let name = text(value, key) else { return nil }
    if terms.formats.contains(name) { return name }
    report(.unknownFormat(name, value.span, among: terms.formats))
    return nil
  }

  mutating func flag(_ value: Expression, _ key: ProfileSetting) -> Bool {
    if case .literal(.bool(let flag)) = value.kind { return flag }
    report(.wrongKind(value, key))
    return false
  }

  mutating func count(_ value: Expression, _ key: ProfileSetting, from least: Int, to most: Int?)
    -> Int?
  {
    guard let number = value.wholeNumber else {
      report(.wrongKind(value, key))
      return nil
    }
    guard number >= Int64(least), let count = Int(exactly: number), count <= most ?? .max else {
      report(.outOfRange(value.span, key, from: least, to: most))
      return nil
    }
    return count
  }

  /// Checks the location of the token. Anything other than `secret("…")` may be the token itself,
  /// so it isn't repeated.
  mutating func token(_ value: Expression) -> String? {
    guard case .call(let name, let arguments) = value.kind, name.text == "secret" else {
      report(.literalToken(value.span, source: value.literalText.flatMap(source)))
      return nil
    }
    guard arguments.count == 1, let source = arguments[0].literalText, terms.isTokenSource(source)
    else {
      report(.malformedPlace(arguments.first?.span ?? value.span))
      return nil
    }
    return source
  }

  private func source(_ text: String) -> String? { terms.isTokenSource(text) ? text : nil }

  mutating func predicate(_ expression: Expression) -> CheckedExpression? {
    let (checked, found) = Checker.predicate(expression, vocabulary)
    for diagnostic in found {
      report(diagnostic.code == "C0111" ? .variableInProtect(diagnostic.span) : diagnostic)
    }
    return checked
  }

  private mutating func text(_ value: Expression, _ key: ProfileSetting) -> String? {
    if let text = value.literalText { return text }
    report(.wrongKind(value, key))
    return nil
  }
}

extension Expression {
  fileprivate var literalText: String? {
    if case .literal(.string(let text)) = kind { text } else { nil }
  }

  /// The number, possibly with a minus sign.
  fileprivate var wholeNumber: Int64? {
    switch kind {
    case .literal(.int(let number)): number
    case .negated(let value): value.wholeNumber.map { 0 &- $0 }
    default: nil
    }
  }

  /// The kind of expression, as named in an error message.
  fileprivate var spoken: String {
    switch kind {
    case .literal(let literal): literal.type.withArticle
    case .name: "a bare word"
    case .variable: "a variable"
    case .list: "a list"
    case .record: "a record"
    default: "an expression"
    }
  }
}

extension Diagnostic {
  fileprivate static func wrongKind(_ value: Expression, _ key: ProfileSetting) -> Diagnostic {
    let wanted = key.type == "int" ? "an int" : "a \(key.type)"
    return Diagnostic(
      "C0604", "`\(key.name)` must be \(wanted), not \(value.spoken)", at: value.span,
      label: "this is \(value.spoken)", help: ["for example `\(key.name) = \(key.example)`"])
  }

  fileprivate static func literalToken(_ span: SourceSpan, source: String?) -> Diagnostic {
    let call = source.map { "secret(\($0.quoted))" }
    return Diagnostic(
      "C0607", "the token itself must not be in the configuration", at: span,
      label: "not a `secret(…)`",
      help: [
        call.map { "write `\($0)`" }
          ?? "store it elsewhere and write `secret(\"env:NAME\")`, `secret(\"file:/PATH\")` or "
          + "`secret(\"cmd:ARGV\")`"
      ],
      fix: call.map { Fix(span, $0) })
  }

  fileprivate static func unknownRegion(_ name: String, _ span: SourceSpan, among regions: [String])
    -> Diagnostic
  {
    let list = "the regions are \(regions.joined(separator: ", ")); for other hosts set `host`"
    return Diagnostic(
      "C0611", "unknown region \(name.quoted)", at: span, label: "no such region",
      help: near(name, among: regions) + [list], fix: replacement(name, span, among: regions))
  }

  fileprivate static func badAddress(_ problem: String, _ span: SourceSpan) -> Diagnostic {
    Diagnostic("C0612", problem, at: span, label: "invalid host")
  }

  fileprivate static func badProxy(_ problem: String, _ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "C0618", "`proxy`: \(problem)", at: span, label: "invalid proxy",
      help: ["`proxy = \"none\"` reaches the host directly"])
  }

  fileprivate static func credentialsOfProxy(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "C0619", "the proxy's password must not be in the configuration", at: span,
      label: "user or password",
      help: ["leave out `proxy` and set HTTPS_PROXY to the address with user and password"])
  }

  fileprivate static func relativePath(_ span: SourceSpan, _ key: ProfileSetting) -> Diagnostic {
    Diagnostic(
      "C0620", "`\(key.name)` must be an absolute path", at: span, label: "doesn't start with `/`",
      help: ["for example `\(key.name) = \(key.example)`"])
  }

  fileprivate static func malformedPlace(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "C0613", "`secret` needs the location of a token", at: span, label: "not a location",
      help: ["write \"env:NAME\", \"file:/PATH\" or \"cmd:ARGV\""])
  }

  fileprivate static func outOfRange(
    _ span: SourceSpan, _ key: ProfileSetting, from least: Int, to most: Int?
  ) -> Diagnostic {
    let range = most.map { "from \(least) to \($0)" } ?? "\(least) or more"
    return Diagnostic(
      "C0614", "`\(key.name)` must be \(range)", at: span, label: "out of range",
      help: ["for example `\(key.name) = \(key.example)`"])
  }

  fileprivate static func unknownFormat(_ name: String, _ span: SourceSpan, among formats: [String])
    -> Diagnostic
  {
    Diagnostic(
      "C0617", "unknown output format \(name.quoted)", at: span, label: "no such format",
      help: near(name, among: formats) + ["the formats are \(formats.joined(separator: ", "))"],
      fix: replacement(name, span, among: formats))
  }

  fileprivate static func variableInProtect(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "C0615", "`protect` can't use variables", at: span, label: "not bound here",
      help: ["write the value itself"])
  }

  private static func near(_ name: String, among names: [String]) -> [String] {
    nearest(name, among: names).map { ["did you mean \($0.quoted)?"] } ?? []
  }

  private static func replacement(_ name: String, _ span: SourceSpan, among names: [String]) -> Fix?
  {
    nearest(name, among: names).map {
      Fix("write \($0.quoted)", [Edit(span, $0.quoted)], isCertain: false)
    }
  }
}
