/// Parses literals, names, calls and bracketed expressions.
extension Parser {
  /// `primary = literal | interpolation | variable | call | name | array | record
  ///          | "(" , expression , ")" ;`
  /// `literal = string | integer | duration | date | "true" | "false" | "null" ;`
  mutating func primary() throws(Diagnostic) -> Expression {
    let start = current.span.start
    markExpected(.value)
    switch current.kind {
    case .end where passCursor(): return Expression(kind: .invalid, span: current.span)
    case .literal(let literal):
      advance()
      if case .int(let count) = literal, let unit = consumeForeignUnit(count, from: start) {
        return unit
      }
      return node(.literal(literal), from: start)
    case .interpolation(let segments): return try interpolation(segments)
    case .variable(let name):
      advance()
      return node(.variable(name), from: start)
    case .name: return try nameOrCall()
    case .symbol(.leftBracket): return try list()
    case .symbol(.leftBrace): return try record()
    case .symbol(.leftParenthesis): return try parenthesized()
    case .symbol(.dot) where isName(following):
      report(.leadingDot(advance().span))
      return try primary()
    default: throw .expected("a value", found: current)
    }
  }

  private func isName(_ token: Token) -> Bool {
    if case .name = token.kind { true } else { false }
  }

  private mutating func parenthesized() throws(Diagnostic) -> Expression {
    let open = current
    var elements = try bracketed(.leftParenthesis, .rightParenthesis) { parser throws(Diagnostic) in
      try parser.commaSeparated(Self.element)
    }
    guard elements.count == 1 else {
      let span = span(from: open.span.start)
      report(.listInParentheses(span))
      return Expression(kind: .list(elements), span: span)
    }
    elements[0].isParenthesized = true
    return elements[0]
  }

  /// `call = name , "(" , [ expression , { "," , expression } , [ "," ] ] , ")" ;`
  /// `name = word - reserved ;`
  /// `reserved = "and" | "or" | "not" | "in" | "has" | "contains" | "like" | "matches" | "between"
  ///           | "if" | "then" | "else" ;`
  private mutating func nameOrCall() throws(Diagnostic) -> Expression {
    let isCall = following.terminal == .symbol(.leftParenthesis)
    let isReserved = keyword?.isReserved == true
    let name = try name("a name")
    paint(name, isCall ? .function : .field)
    if isReserved { throw .reserved(name, isCall: isCall) }
    guard isCall else { return node(.name(name.text), from: name.span.start) }
    let arguments = try expressions(.leftParenthesis, .rightParenthesis)
    return node(.call(name, arguments), from: name.span.start)
  }

  /// Parses expressions between brackets, separated by commas, with an optional comma at the end.
  mutating func expressions(_ open: Symbol, _ close: Symbol) throws(Diagnostic) -> [Expression] {
    try bracketed(open, close) { parser throws(Diagnostic) in
      try parser.elements(until: close, Self.element)
    }
  }

  private static func element(_ parser: inout Parser) throws(Diagnostic) -> Expression {
    try parser.recoveringElement { parser throws(Diagnostic) in try parser.expression() }
  }

  /// `array = "[" , [ expression , { "," , expression } , [ "," ] ] , "]" ;`
  private mutating func list() throws(Diagnostic) -> Expression {
    let start = current.span.start
    let elements = try expressions(.leftBracket, .rightBracket)
    return node(.list(elements), from: start)
  }

  /// `record = "{" , [ entry , { "," , entry } , [ "," ] ] , "}" ;`
  private mutating func record() throws(Diagnostic) -> Expression {
    let start = current.span.start
    let entries = try bracketed(.leftBrace, .rightBrace) { parser throws(Diagnostic) in
      try parser.elements(until: .rightBrace) { parser throws(Diagnostic) in
        try parser.entry()
      }
    }
    return node(.record(entries), from: start)
  }

  /// `entry = ( word | string ) , ":" , expression ;`
  private mutating func entry() throws(Diagnostic) -> RecordEntry {
    let key: Name
    if case .literal(.string(let text)) = current.kind {
      key = Name(text: text, span: advance().span)
    } else {
      key = try name("a key")
    }
    try expect(.colon)
    return RecordEntry(key: key, value: try Self.element(&self))
  }

  private mutating func interpolation(_ segments: [Token.Segment]) throws(Diagnostic) -> Expression
  {
    let start = advance().span.start
    var parsed: [Expression.Segment] = []
    parsed.reserveCapacity(segments.count)
    for segment in segments {
      switch segment {
      case .text(let text): parsed.append(.text(text))
      case .expression(let tokens): parsed.append(.expression(try expression(of: tokens)))
      }
    }
    return node(.interpolation(parsed), from: start)
  }
}

extension Diagnostic {
  fileprivate static func leadingDot(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "C0058", "field names have no leading dot", at: span, label: "another language's path",
      help: ["remove the dot"], fix: Fix("remove the dot", [Edit(span, "")]))
  }

  fileprivate static func listInParentheses(_ span: SourceSpan) -> Diagnostic {
    let open = SourceSpan(span.start, span.start + 1)
    let close = SourceSpan(span.end - 1, span.end)
    return Diagnostic(
      "C0062", "lists use square brackets", at: span, label: "several values",
      help: ["write `[…]`"], fix: Fix("write `[…]`", [Edit(open, "["), Edit(close, "]")]))
  }

  fileprivate static func reserved(_ name: Name, isCall: Bool) -> Diagnostic {
    let isComparison =
      Keyword(rawValue: name.text).map { !ComparisonOperator.spelled(by: $0).isEmpty } ?? false
    let help =
      isCall && isComparison ? ["write it between two values: `name \(name.text) …`"] : []
    return Diagnostic(
      "C0060", "expected a value, found the operator `\(name.text)`", at: name.span,
      label: "expected a value", help: help)
  }
}
