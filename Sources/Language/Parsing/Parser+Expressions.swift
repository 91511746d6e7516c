import Text

/// Parses expressions, loosest operators first.
extension Parser {
  /// `expression = conditional | or ;`
  mutating func expression() throws(Diagnostic) -> Expression {
    try nested { parser throws(Diagnostic) in
      if parser.isWholeValue { return try parser.primary() }
      return parser.terminal == .word(.if) ? try parser.conditional() : try parser.operand(.or)
    }
  }

  /// `true` for most expressions: one value, which no operator can follow.
  private var isWholeValue: Bool {
    guard isPlainValue else { return false }
    switch following.terminal {
    case .symbol(.comma), .symbol(.pipe), .symbol(.semicolon), .symbol(.rightParenthesis),
      .symbol(.rightBracket), .symbol(.rightBrace), .newline, .end:
      return true
    default: return false
    }
  }

  /// `true` iff the current token is a value, or a name that can't be anything else, in a text that
  /// isn't being typed.
  var isPlainValue: Bool {
    cursor == nil && (terminal == .value || terminal == .name)
  }

  /// `conditional = "if" , expression , "then" , expression , "else" , expression ;`
  private mutating func conditional() throws(Diagnostic) -> Expression {
    paint(.keyword)
    let start = advance().span.start
    let condition = try expression()
    try expectWord(.then)
    let value = try expression()
    try expectWord(.else)
    let other = try expression()
    return node(.conditional(condition, then: value, else: other), from: start)
  }

  /// Parses an operand that binds at least as tightly as `level`.
  mutating func operand(_ level: Precedence?) throws(Diagnostic) -> Expression {
    switch level {
    case .or: try chain(.or, level, foreign: [.doublePipe])
    case .and: try chain(.and, level, foreign: [.doubleAmpersand, .ampersand])
    case .not: try not()
    case .comparison: try comparison()
    case .coalesce: try coalesce()
    case .additive: try additive()
    case .unary: try unary()
    case .member: try postfix()
    case nil: try primary()
    }
  }

  /// `or = and , { "or" , and } ;`
  /// `and = not , { "and" , not } ;`
  private mutating func chain(
    _ connective: LogicalOperator, _ level: Precedence?, foreign: [Symbol]
  ) throws(Diagnostic) -> Expression {
    let start = current.span.start
    let first = try operand(of: connective, level)
    guard consumeConnective(connective, foreign) else { return first }
    var operands = [first, try operand(of: connective, level)]
    while consumeConnective(connective, foreign) {
      operands.append(try operand(of: connective, level))
    }
    return node(.logical(connective, operands), from: start)
  }

  private mutating func operand(of connective: LogicalOperator, _ level: Precedence?)
    throws(Diagnostic) -> Expression
  {
    let operand = try operand(level?.tighter)
    markExpected(.connective(connective, after: operand.span))
    return operand
  }

  private mutating func consumeConnective(_ connective: LogicalOperator, _ foreign: [Symbol])
    -> Bool
  {
    if terminal == .word(connective.keyword) {
      paint(.operator)
      advance()
      return true
    }
    let isForeign =
      switch terminal {
      case .symbol(let symbol): foreign.contains(symbol)
      case .name: current.kind == .name(connective.rawValue.uppercased())
      default: false
      }
    guard isForeign else { return consumeDashed(connective.keyword) }
    report(.foreign(advance(), written: connective.rawValue))
    return true
  }

  /// `not = "not" , not | comparison ;`
  private mutating func not() throws(Diagnostic) -> Expression {
    let start = current.span.start
    guard consumeNot() else { return try operand(Precedence.not.tighter) }
    let operand = try nested { parser throws(Diagnostic) in try parser.not() }
    return node(.not(operand), from: start)
  }

  private mutating func consumeNot() -> Bool {
    if consumeWord(.not) || consumeDashed(.not) { return true }
    let isWord =
      terminal == .name && current.kind == .name("NOT") && following.terminal.startsOperand
    guard isWord || terminal == .symbol(.bang) else { return false }
    report(.foreign(advance(), written: "not "))
    return true
  }

  /// `coalesce = additive , { "??" , additive } ;`
  private mutating func coalesce() throws(Diagnostic) -> Expression {
    let start = current.span.start
    var value = try operand(Precedence.coalesce.tighter)
    var length = 0
    markExpected(.coalesce(after: value.span))
    while consume(.coalesce) {
      length += 1
      guard length < Self.nestingLimit else { throw .chainTooLong(current.span) }
      let other = try operand(Precedence.coalesce.tighter)
      value = node(.coalesce(value, other), from: start)
      markExpected(.coalesce(after: value.span))
    }
    return value
  }

  /// `additive = unary , { ( "+" | "-" ) , unary } ;`
  private mutating func additive() throws(Diagnostic) -> Expression {
    let start = current.span.start
    var value = try operand(Precedence.additive.tighter)
    var length = 0
    markExpected(.arithmetic(after: value.span))
    while let sign = consumeSign() {
      length += 1
      guard length < Self.nestingLimit else { throw .chainTooLong(current.span) }
      let other = try operand(Precedence.additive.tighter)
      value = node(.arithmetic(sign, value, other), from: start)
      markExpected(.arithmetic(after: value.span))
    }
    return value
  }

  private mutating func consumeSign() -> ArithmeticOperator? {
    if consume(.plus) { return .plus }
    guard terminal == .symbol(.minus), !isDashedOperator else { return nil }
    advance()
    return .minus
  }

  /// `unary = "-" , unary | postfix ;`
  private mutating func unary() throws(Diagnostic) -> Expression {
    let start = current.span.start
    guard consume(.minus) else { return try operand(Precedence.unary.tighter) }
    let operand = try nested { parser throws(Diagnostic) in try parser.unary() }
    return node(.negated(operand), from: start)
  }

  /// `postfix = primary , { "." , word } ;`
  mutating func postfix() throws(Diagnostic) -> Expression {
    let start = current.span.start
    var value = try operand(Precedence.member.tighter)
    var length = 0
    while consume(.dot) {
      length += 1
      guard length < Self.nestingLimit else { throw .chainTooLong(current.span) }
      markExpected(.member)
      if case .literal(.int) = current.kind { throw .fraction(current) }
      let name = try name("a field")
      paint(name, .field)
      if terminal == .symbol(.leftParenthesis) { throw .methodCall(name) }
      value = node(.member(value, name), from: start)
    }
    return value
  }

  func node(_ kind: Expression.Kind, from start: Int) -> Expression {
    Expression(kind: kind, span: span(from: start))
  }
}

extension Diagnostic {
  static func foreign(_ token: Token, written meant: String) -> Diagnostic {
    let word = meant.trimmingBlanks()
    return Diagnostic(
      "C0058", "\(token.kind.spoken) is spelled `\(word)` in conn", at: token.span,
      label: "another language's operator", help: ["write `\(word)`"],
      fix: Fix(token.span, meant))
  }

  fileprivate static func fraction(_ token: Token) -> Diagnostic {
    Diagnostic(
      "C0050", "expected a field, found \(token.kind.spoken)", at: token.span,
      label: "expected a field", help: ["only whole numbers are supported"])
  }

  fileprivate static func methodCall(_ name: Name) -> Diagnostic {
    let isOperator = Keyword(rawValue: name.text)?.isReserved == true
    return Diagnostic(
      "C0061", "values have no methods", at: name.span, label: "called like a method",
      help: [
        isOperator
          ? "an operator goes between two values: `name \(name.text) \"x\"`"
          : "pass the value to a function: `\(name.text)(…)`"
      ])
  }

  fileprivate static func chainTooLong(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "C0052", "the chain of operators is too long", at: span,
      label: "more than \(Parser.nestingLimit) operators", help: ["split it up with `let`"])
  }
}
