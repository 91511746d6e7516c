/// Parses `name=value` arguments as values of a script's parameters.
struct ParameterBinder {
  private let declarations: [ParameterDeclaration]
  private(set) var values: [String: Literal] = [:]
  private(set) var diagnostics: [Diagnostic] = []
  /// The parts of misspelt arguments that may be credentials, which no message shows.
  private(set) var confidential: [SourceSpan] = []

  /// Binds `arguments`; each is a separate text in the source map.
  init(_ script: Script, arguments: [SourceFile]) {
    declarations = script.statements.compactMap {
      if case .parameter(let declaration) = $0.kind { declaration } else { nil }
    }
    arguments.forEach { bind($0) }
  }

  /// The parameters without a default that no argument sets.
  var missing: [ParameterDeclaration] {
    declarations.filter { named[$0.name.text] == nil && $0.defaultValue == nil }
  }

  private var named: [String: SourceSpan] = [:]

  private mutating func bind(_ argument: SourceFile) {
    guard let equals = argument.bytes.firstIndex(of: UInt8(ascii: "=")) else {
      confidential.append(argument.span)
      return diagnostics.append(.notAnAssignment(argument.span))
    }
    let nameSpan = SourceSpan(argument.base, argument.base + equals)
    let valueSpan = SourceSpan(argument.base + equals + 1, argument.span.end)
    let name = Name(text: argument.text(nameSpan), span: nameSpan)
    guard let declaration = declarations.first(where: { $0.name.text == name.text }) else {
      let names = declarations.map(\.name.text)
      confidential.append(valueSpan)
      return diagnostics.append(.unknownParameter(name, candidates: names))
    }
    if let before = named.updateValue(name.span, forKey: name.text) {
      return diagnostics.append(.givenTwice(name, before))
    }
    if declaration.type.isUnknown { return }
    guard let value = Literal(argument.text(valueSpan), as: declaration.type) else {
      return diagnostics.append(.badValue(declaration, valueSpan))
    }
    values[name.text] = value
  }
}

extension Literal {
  /// Parses text from the command line; `nil` if it isn't a valid `type`.
  fileprivate init?(_ text: String, as type: ValueType) {
    let value: Literal? =
      switch type {
      case .string, .secret: .string(text)
      case .bool: ["true": Literal.bool(true), "false": .bool(false)][text]
      case .int: Int64(text).map(Literal.int)
      case .duration: (try? TimeSpan.parse(text)).map(Literal.duration)
      case .timestamp: Self.timestamp(text)
      default: nil
      }
    guard let value else { return nil }
    self = value
  }

  private static func timestamp(_ text: String) -> Literal? {
    let bare = text.hasPrefix("@") ? String(text.dropFirst()) : text
    return Timestamp(iso8601: bare).map(Literal.timestamp)
  }
}

extension Diagnostic {
  fileprivate static func notAnAssignment(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "C0401", "argument without a parameter name", at: span, label: "no `=` here",
      help: ["write `name=value`"])
  }

  fileprivate static func unknownParameter(_ name: Name, candidates: [String]) -> Diagnostic {
    let declared =
      candidates.isEmpty
      ? "the script has no parameters" : "the parameters are \(candidates.joined(separator: ", "))"
    return Diagnostic(
      "C0402", "unknown parameter `\(name.text)`", at: name.span, label: "not declared",
      help: suggestion(for: name.text, among: candidates) ?? [declared], hidesRest: true)
  }

  fileprivate static func givenTwice(_ name: Name, _ before: SourceSpan) -> Diagnostic {
    Diagnostic(
      "C0403", "the parameter `\(name.text)` is set twice", at: name.span, label: "set again",
      help: ["remove one of them"]
    ).noting(before, "first set here")
  }

  fileprivate static func badValue(_ declaration: ParameterDeclaration, _ span: SourceSpan)
    -> Diagnostic
  {
    let example: [ValueType: String] = [
      .int: "36", .bool: "true", .duration: "90d", .timestamp: "2026-01-31T10:00:00Z",
    ]
    let help = example[declaration.type].map { "for example `\(declaration.name.text)=\($0)`" }
    return Diagnostic(
      "C0404", "the parameter `\(declaration.name.text)` must be \(declaration.type.withArticle)",
      at: span,
      label: "not \(declaration.type.withArticle)",
      help: [help ?? "it can't be set on the command line; read a file with `from`"])
  }

  static func missingParameter(_ declaration: ParameterDeclaration) -> Diagnostic {
    let name = declaration.name.text
    return Diagnostic(
      "C0405", "the parameter `\(name)` has no value", at: declaration.name.span,
      label: "has no default", help: ["set it on the command line: `\(name)=…`"])
  }
}
