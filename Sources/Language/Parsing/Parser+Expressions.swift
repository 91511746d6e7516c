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

  /// `true` for most sides of a comparison: one value, which no tighter operator can follow.
  private var isWholeSide: Bool {
    guard isPlainValue else { return false }
    switch following.terminal {
    case .symbol(.dot), .symbol(.plus), .symbol(.minus), .symbol(.coalesce),
      .symbol(.leftParenthesis), .name:
      return false
    default: return true
    }
  }

  /// `true` iff the current token is a value, or a name that can't be anything else, in a text that
  /// isn't being typed.
  private var isPlainValue: Bool {
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
  private mutating func operand(_ level: Precedence?) throws(Diagnostic) -> Expression {
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

  /// `comparison = coalesce , [ operator , coalesce | "between" , coalesce , "and" , coalesce ] ;`
  private mutating func comparison() throws(Diagnostic) -> Expression {
    let start = current.span.start
    let left = try side()
    markExpected(.comparison(after: left.span))
    if consumeForeignCase(of: .between) { return try between(left, from: start) }
    if let foreign = consumeIsNull(left, from: start) { return foreign }
    if let foreign = consumeForeignOperator(after: start) {
      let whole = node(.comparison(foreign.meant, left, try side()), from: start)
      return foreign.isNegated ? node(.not(whole), from: start) : whole
    }
    guard let comparison = consumeComparison() else { return left }
    let right = try side()
    let whole = node(.comparison(comparison, left, right), from: start)
    let next = current
    if consumeComparison() != nil { throw .chainedComparison(next.span) }
    return whole
  }

  /// Takes the word; accepts and reports it in capitals too.
  private mutating func consumeForeignCase(of word: Keyword) -> Bool {
    let isForeign = terminal == .name && current.kind == .name(word.rawValue.uppercased())
    if isForeign { report(.foreign(current, written: word.rawValue)) }
    guard isForeign || terminal == .word(word) else { return false }
    paint(.operator)
    advance()
    return true
  }

  private mutating func between(_ value: Expression, from start: Int) throws(Diagnostic)
    -> Expression
  {
    let low = try side()
    markExpected(.word("and"))
    guard consumeForeignCase(of: .and) || passCursor() else {
      throw .expected("`and`", found: current)
    }
    let high = try side()
    return node(.between(value, low, high), from: start)
  }

  /// Parses one side of a comparison.
  private mutating func side() throws(Diagnostic) -> Expression {
    isWholeSide ? try primary() : try operand(Precedence.comparison.tighter)
  }

  /// Takes SQL's `is null` or `is not null`, and reports it.
  private mutating func consumeIsNull(_ value: Expression, from start: Int) -> Expression? {
    guard let negated = isNullTest else { return nil }
    let first = advance().span
    if negated { advance() }
    advance()
    let meant: ComparisonOperator = negated ? .notEqual : .equal
    report(.isNull(first.joined(span(from: first.start)), meant))
    let null = Expression(kind: .literal(.null), span: first)
    return node(.comparison(meant, value, null), from: start)
  }

  /// `operator = order | "in" | "not" , "in" | "has" | "has" , "any" | "has" , "all" | "contains"
  ///           | "starts" , "with" | "ends" , "with" | "like" | "matches" ;`
  private mutating func consumeComparison() -> ComparisonOperator? {
    switch terminal {
    case .symbol(.assign):
      report(.assignmentForComparison(advance().span))
      return .equal
    case .symbol(.lessGreater):
      report(.foreign(advance(), written: "!="))
      return .notEqual
    case .symbol(let symbol):
      guard let comparison = ComparisonOperator(symbol) else { return nil }
      let token = advance()
      reportTripleEqual(token, comparison)
      return comparison
    case .name where mayBeIs:
      report(.foreign(advance(), written: "=="))
      return .equal
    case .name, .word: return consumeSpelled()
    default: return nil
    }
  }

  /// `false` for `is null`, `true` for `is not null`, `nil` for anything else.
  private var isNullTest: Bool? {
    guard terminal == .name, mayBeIs else { return nil }
    if following.kind.isNull { return false }
    guard following.terminal == .word(.not) || following.kind == .name("NOT") else { return nil }
    return token(behind: following).kind.isNull ? true : nil
  }

  /// `true` for SQL's `is`.
  private var mayBeIs: Bool { current.kind == .name("is") || current.kind == .name("IS") }

  private mutating func consumeSpelled() -> ComparisonOperator? {
    guard let word = current.kind.word else { return nil }
    guard let first = keyword ?? Keyword(rawValue: word.lowercased()) else { return nil }
    for spelling in ComparisonOperator.spelled(by: first) {
      if let second = spelling.second { markExpectedNext(.word(second)) }
      let second = spelling.second.flatMap { $0 == following.kind.word?.lowercased() ? $0 : nil }
      if spelling.second != nil, second == nil { continue }
      paint(.operator)
      let first = advance()
      if second != nil { paint(.operator) }
      let span = second == nil ? first.span : first.span.joined(advance().span)
      reportCapitals(in: Token(kind: first.kind, span: span), of: spelling.comparison)
      return spelling.comparison
    }
    return nil
  }

  private mutating func reportCapitals(in token: Token, of comparison: ComparisonOperator) {
    let written = comparison.rawValue
    guard file.hasCapitals(in: token.span), file.text(token.span).lowercased() == written else {
      return
    }
    report(.foreign(token, written: written))
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

  fileprivate static func isNull(_ span: SourceSpan, _ meant: ComparisonOperator) -> Diagnostic {
    Diagnostic(
      "C0058", "null is compared like any other value", at: span,
      label: "another language's operator", help: ["write `\(meant.rawValue) null`"],
      fix: Fix(span, "\(meant.rawValue) null"))
  }

  fileprivate static func chainedComparison(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "C0059", "comparisons can't be chained", at: span, label: "a second comparison",
      help: ["join two comparisons with `and`, or write `between … and …`"])
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
