/// Diagnostics for tokens that the parser doesn't expect.
extension Diagnostic {
  static func expected(_ what: String, found token: Token) -> Diagnostic {
    Diagnostic(
      "C0050", "expected \(what), found \(token.kind.spoken)", at: token.span,
      label: "expected \(what)")
  }

  /// Reports that a name is missing. A name has no `$` where it is bound.
  static func missingName(_ what: String, found token: Token) -> Diagnostic {
    guard what == "a name", case .variable(let name) = token.kind else {
      return .expected(what, found: token)
    }
    return Diagnostic(
      "C0050", "expected \(what), found \(token.kind.spoken)", at: token.span,
      label: "expected \(what)", help: ["write `\(name)`; its value is `$\(name)`"],
      fix: Fix(token.span, name))
  }

  /// Reports text after a complete statement, which may be a misspelled operator.
  static func unended(_ token: Token) -> Diagnostic {
    let expected = "a new line or `;`"
    guard case .name(let text) = token.kind,
      let help = suggestion(for: text, among: Parser.operatorWords)
    else { return .expected(expected, found: token) }
    return Diagnostic(
      "C0050", "expected \(expected), found `\(text)`", at: token.span,
      label: "expected \(expected)", help: help,
      fix: guess(Name(text: text, span: token.span), among: Parser.operatorWords))
  }

  static func unclosed(_ open: Token, _ close: Symbol, found token: Token)
    -> Diagnostic
  {
    let message = "expected `\(close.rawValue)`, found \(token.kind.spoken)"
    if token.terminal == .end {
      return Diagnostic("C0051", message, at: open.span, label: "opened here and never closed")
    }
    return Diagnostic("C0051", message, at: token.span, label: "expected `\(close.rawValue)`")
      .noting(open.span, "opened here")
  }

  static func nestedTooDeeply(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "C0052", "nested too deeply", at: span,
      label: "more than \(Parser.nestingLimit) levels",
      help: ["split it up with `let`"])
  }
}

extension Token.Kind {
  /// The token as named in an error message. Strings aren't repeated, since they may be secrets.
  var spoken: String {
    switch self {
    case .name(let text): "`\(text)`"
    case .variable(let text): "`$\(text)`"
    case .literal(.null): "`null`"
    case .literal(.bool(let value)): "`\(value)`"
    case .literal(.int(let value)): "`\(value)`"
    case .literal(.string), .interpolation: "a string"
    case .literal(.timestamp): "a date"
    case .literal(.duration): "a duration"
    case .symbol(let symbol): "`\(symbol.rawValue)`"
    case .newline: "the end of the line"
    case .invalid: "an invalid word"
    case .end: "the end of the input"
    }
  }
}
