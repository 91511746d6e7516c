/// Error recovery: continues parsing after a syntax error.
///
/// One broken stage must not hide the errors in the others, so the parser skips to the next `|`,
/// line or closing bracket. It must not invent errors either: whatever merely follows from a
/// reported error is dropped.
extension Parser {
  /// Runs `body`; on an error, reports it and skips to the next place where parsing can continue.
  mutating func recovering<T>(
    to isGoal: (Token.Terminal) -> Bool = { $0 == .symbol(.pipe) },
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

  /// Parses the last expression of a statement. If it is invalid, the name it is assigned to is
  /// still bound, so that its uses cause no further errors.
  mutating func recoveringExpression() -> Expression {
    let start = current.span
    let value = recovering(to: { _ in false }) { parser throws(Diagnostic) in
      try parser.expression()
    }
    return value ?? Expression(kind: .invalid, span: start)
  }

  /// Reports an error, unless a lexical error at the same place or an error at the end of the text
  /// has already been reported.
  private mutating func reportUnlessEcho(_ error: Diagnostic) {
    switch current.kind {
    case .invalid where diagnostics.contains(where: \.isError): return
    case .end where hasReportedEnd: return
    default: report(error)
    }
    hasReportedEnd = terminal == .end
  }

  /// Parses an element between brackets; on an error, reports it and continues at the next comma or
  /// closing bracket. Throws if there is none.
  mutating func recoveringElement(
    _ body: (inout Parser) throws(Diagnostic) -> Expression
  ) throws(Diagnostic) -> Expression {
    let (brackets, depth, start) = (openBrackets, nesting, current.span)
    do {
      return try body(&self)
    } catch {
      guard let goal = positionBehindElement(unclosed: openBrackets - brackets) else {
        hopelessPosition = position
        throw error
      }
      reportUnlessEcho(error)
      (openBrackets, nesting, position) = (brackets, depth, goal)
      return Expression(kind: .invalid, span: start)
    }
  }

  /// Returns the index of the comma or bracket that ends the element; `nil` if a `|` or the end
  /// comes first.
  private func positionBehindElement(unclosed: Int) -> Int? {
    // If an inner bracket found no such place, neither will an outer one.
    if hopelessPosition == position { return nil }
    var depth = unclosed
    for position in position..<tokens.count {
      let terminal = tokens[position].terminal
      if terminal == .end || terminal == .symbol(.pipe) { return nil }
      let change = terminal.bracketDepth
      if depth <= 0, terminal == .symbol(.comma) || change < 0 { return position }
      depth += change
    }
    return nil
  }

  /// Skips to the end of the statement, or to a token that satisfies `isGoal` outside of all
  /// brackets.
  mutating func skip(_ unclosed: Int = 0, to isGoal: (Token.Terminal) -> Bool) {
    var depth = unclosed
    while terminal != .end {
      if depth <= 0, isGoal(terminal) || endsStatement { return }
      // An unclosed bracket must not swallow the statements after it.
      if terminal == .newline, following.kind.startsStatement { return }
      depth += terminal.bracketDepth
      advance()
    }
  }
}

extension Token.Kind {
  /// `true` iff the word begins a statement and rarely means anything else.
  fileprivate var startsStatement: Bool {
    guard case .name(let word) = self else { return false }
    return Parser.statementWords.contains(word) || Parser.sources.contains(word)
  }
}

extension Token.Terminal {
  /// 1 for an opening bracket, -1 for a closing one, 0 for anything else.
  fileprivate var bracketDepth: Int {
    switch self {
    case .symbol(.leftParenthesis), .symbol(.leftBracket), .symbol(.leftBrace): 1
    case .symbol(.rightParenthesis), .symbol(.rightBracket), .symbol(.rightBrace): -1
    default: 0
    }
  }
}
