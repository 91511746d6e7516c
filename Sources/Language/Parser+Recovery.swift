/// Where parsing goes on behind an error.
extension Parser {
  /// Runs `body`; on an error, reports it and goes on behind the next place where one can.
  mutating func recovering<T>(_ body: (inout Parser) throws(Diagnostic) -> T) -> T? {
    let (brackets, depth) = (openBrackets, nesting)
    do {
      return try body(&self)
    } catch {
      reportUnlessLexical(error)
      let unclosed = openBrackets - brackets
      (openBrackets, nesting) = (brackets, depth)
      skip(unclosed) { $0 == .symbol(.pipe) }
      return nil
    }
  }

  /// A lexical error at the same place has been reported already.
  private mutating func reportUnlessLexical(_ error: Diagnostic) {
    if current.kind != .invalid || !diagnostics.contains(where: \.isError) { report(error) }
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
      guard let goal = placeBehindElement(unclosed: openBrackets - brackets) else { throw error }
      reportUnlessLexical(error)
      (openBrackets, nesting, place) = (brackets, depth, goal)
      return Expression(kind: .invalid, span: start)
    }
  }

  /// The place of the comma or bracket that ends the element; `nil` where a `|` or the end comes
  /// first.
  private func placeBehindElement(unclosed: Int) -> Int? {
    var depth = unclosed
    for place in place..<tokens.count {
      let kind = tokens[place].kind
      if kind == .end || kind == .symbol(.pipe) { return nil }
      let change = Self.bracketDepth[kind] ?? 0
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
      depth += Self.bracketDepth[current.kind] ?? 0
      advance()
    }
  }

  private static let bracketDepth: [Token.Kind: Int] = [
    .symbol(.leftParenthesis): 1, .symbol(.leftBracket): 1, .symbol(.leftBrace): 1,
    .symbol(.rightParenthesis): -1, .symbol(.rightBracket): -1, .symbol(.rightBrace): -1,
  ]
}
