/// Literals, names, calls and brackets.
extension Parser {
  /// `primary = literal | interpolation | variable | call | name | list | record
  ///          | "(" expression ")" ;`
  mutating func primary() throws(Diagnostic) -> Expression {
    let start = current.span.start
    switch current.kind {
    case .literal(let literal):
      advance()
      return node(.literal(literal), from: start)
    case .interpolation(let segments): return try interpolation(segments)
    case .variable(let name):
      advance()
      return node(.variable(name), from: start)
    case .name: return try nameOrCall()
    case .symbol(.leftBracket): return try list()
    case .symbol(.leftBrace): return try record()
    case .symbol(.leftParenthesis): return try parenthesized()
    case .symbol(.dot): throw .leadingDot(current.span)
    default: throw .expected("a value", found: current)
    }
  }

  private mutating func parenthesized() throws(Diagnostic) -> Expression {
    try bracketed(.rightParenthesis) { parser throws(Diagnostic) in try parser.expression() }
  }

  /// `call = name "(" [ expression { "," expression } ] ")" ;`
  private mutating func nameOrCall() throws(Diagnostic) -> Expression {
    let name = try name("a name")
    guard current.kind == .symbol(.leftParenthesis) else {
      return node(.name(name.text), from: name.span.start)
    }
    let arguments = try bracketed(.rightParenthesis) { parser throws(Diagnostic) in
      try parser.elements(until: .rightParenthesis) { parser throws(Diagnostic) in
        try parser.expression()
      }
    }
    return node(.call(name, arguments), from: name.span.start)
  }

  /// `list = "[" [ expression { "," expression } [ "," ] ] "]" ;`
  private mutating func list() throws(Diagnostic) -> Expression {
    let start = current.span.start
    let elements = try bracketed(.rightBracket) { parser throws(Diagnostic) in
      try parser.elements(until: .rightBracket) { parser throws(Diagnostic) in
        try parser.expression()
      }
    }
    return node(.list(elements), from: start)
  }

  /// `record = "{" [ entry { "," entry } [ "," ] ] "}" ;`
  private mutating func record() throws(Diagnostic) -> Expression {
    let start = current.span.start
    let entries = try bracketed(.rightBrace) { parser throws(Diagnostic) in
      try parser.elements(until: .rightBrace) { parser throws(Diagnostic) in
        try parser.entry()
      }
    }
    return node(.record(entries), from: start)
  }

  /// `entry = ( name | string ) ":" expression ;`
  private mutating func entry() throws(Diagnostic) -> RecordEntry {
    let key: Name
    if case .literal(.string(let text)) = current.kind {
      key = Name(text: text, span: advance().span)
    } else {
      key = try name("a key")
    }
    try expect(.colon)
    return RecordEntry(key: key, value: try expression())
  }

  private mutating func interpolation(_ segments: [Token.Segment]) throws(Diagnostic) -> Expression
  {
    let start = advance().span.start
    var parsed: [Expression.Segment] = []
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
      "C0058", "a field is named without a dot", at: span, label: "another language's path",
      help: ["remove the dot"], fix: Fix(span, ""))
  }
}
