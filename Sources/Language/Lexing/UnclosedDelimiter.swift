/// A construct that is still open at the end of a text, so that a prompt can ask for the rest.
package enum UnclosedDelimiter: String, Sendable {
  case pipe = "|"
  case parenthesis = "("
  case bracket = "["
  case brace = "{"
  case string = "\""

  /// Creates the innermost open construct; `nil` if the text is complete.
  init?(endOf lexed: Lexer.Output) {
    if lexed.endsInsideString {
      self = .string
      return
    }
    var open: [UnclosedDelimiter] = []
    var last: Token.Kind?
    for token in lexed.tokens where token.kind != .newline && token.kind != .end {
      last = token.kind
      guard case .symbol(let symbol) = token.kind else { continue }
      if let opened = Self.opening[symbol] { open.append(opened) }
      if Self.closing.contains(symbol) { _ = open.popLast() }
    }
    guard let found = open.last ?? (last == .symbol(.pipe) ? .pipe : nil) else { return nil }
    self = found
  }

  private static let opening: [Symbol: UnclosedDelimiter] = [
    .leftParenthesis: .parenthesis, .leftBracket: .bracket, .leftBrace: .brace,
  ]
  private static let closing: Set<Symbol> = [.rightParenthesis, .rightBracket, .rightBrace]
}
