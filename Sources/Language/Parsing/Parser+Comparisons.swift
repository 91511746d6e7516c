/// Parses comparisons.
extension Parser {
  /// `comparison = coalesce , [ operator , coalesce | "between" , coalesce , "and" , coalesce ] ;`
  mutating func comparison() throws(Diagnostic) -> Expression {
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
}

extension Diagnostic {
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
}
