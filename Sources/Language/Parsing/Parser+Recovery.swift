/// Where parsing goes on behind an error.
extension Parser {
  /// Runs `body`; on an error, reports it and goes on behind the next place where one can.
  mutating func recovering<T>(
    to isGoal: (Token.Kind) -> Bool = { $0 == .symbol(.pipe) },
    _ body: (inout Parser) throws(Diagnostic) -> T
  ) -> T? {
    let (brackets, depth) = (openBrackets, nesting)
    do {
      return try body(&self)
    } catch {
      reportUnlessEcho(error)
      let unclosed = openBrackets - brackets
      (openBrackets, nesting) = (brackets, depth)
      skip(unclosed, to: isGoal)
      return nil
    }
  }

  /// Parses the last expression of a statement; a broken one leaves the name that it gives a value
  /// to, so that its uses are no further errors.
  mutating func recoveringExpression() -> Expression {
    let start = current.span
    let value = recovering(to: { _ in false }) { parser throws(Diagnostic) in
      try parser.expression()
    }
    return value ?? Expression(kind: .invalid, span: start)
  }

  /// A lexical error at the same place has been reported already; and what the end of the text
  /// leaves open is one error, however much it is.
  private mutating func reportUnlessEcho(_ error: Diagnostic) {
    switch current.kind {
    case .invalid where diagnostics.contains(where: \.isError): return
    case .end where hasReportedEnd: return
    default: report(error)
    }
    hasReportedEnd = current.kind == .end
  }

  /// Parses an element between brackets; on an error, reports it and goes on at the next comma or
  /// bracket that closes. Throws where there is none.
  mutating func recoveringElement(
    _ body: (inout Parser) throws(Diagnostic) -> Expression
  ) throws(Diagnostic) -> Expression {
    let (brackets, depth, start) = (openBrackets, nesting, current.span)
    do {
      return try body(&self)
    } catch {
      guard let goal = placeBehindElement(unclosed: openBrackets - brackets) else {
        hopelessPlace = place
        throw error
      }
      reportUnlessEcho(error)
      (openBrackets, nesting, place) = (brackets, depth, goal)
      return Expression(kind: .invalid, span: start)
    }
  }

  /// The place of the comma or bracket that ends the element; `nil` where a `|` or the end comes
  /// first.
  private func placeBehindElement(unclosed: Int) -> Int? {
    // What no inner bracket found, no outer one finds.
    if hopelessPlace == place { return nil }
    var depth = unclosed
    for place in place..<tokens.count {
      let kind = tokens[place].kind
      if kind == .end || kind == .symbol(.pipe) { return nil }
      let change = kind.bracketDepth
      if depth <= 0, kind == .symbol(.comma) || change < 0 { return place }
      depth += change
    }
    return nil
  }

  /// Skips to what ends the statement, or to a place that `isGoal`, outside all brackets.
  mutating func skip(_ unclosed: Int = 0, to isGoal: (Token.Kind) -> Bool) {
    var depth = unclosed
    while current.kind != .end {
      if depth <= 0, isGoal(current.kind) || endsStatement { return }
      // A bracket that nobody closed does not swallow the statements behind it.
      if current.kind == .newline, following.kind.startsStatement { return }
      depth += current.kind.bracketDepth
      advance()
    }
  }
}

extension Token.Kind {
  /// `true` iff the word begins a statement, and is seldom anything else.
  fileprivate var startsStatement: Bool {
    guard case .name(let word) = self else { return false }
    return Parser.statementWords.contains(word) || Parser.sources.contains(word)
  }

  /// 1 for a bracket that opens, -1 for one that closes, else 0.
  fileprivate var bracketDepth: Int {
    switch self {
    case .symbol(.leftParenthesis), .symbol(.leftBracket), .symbol(.leftBrace): 1
    case .symbol(.rightParenthesis), .symbol(.rightBracket), .symbol(.rightBrace): -1
    default: 0
    }
  }
}
