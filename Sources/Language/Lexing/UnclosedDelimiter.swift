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
    var last: Token.Terminal?
    for token in lexed.tokens where token.terminal != .newline && token.terminal != .end {
      last = token.terminal
      switch token.terminal {
      case .symbol(.leftParenthesis): open.append(.parenthesis)
      case .symbol(.leftBracket): open.append(.bracket)
      case .symbol(.leftBrace): open.append(.brace)
      case .symbol(.rightParenthesis), .symbol(.rightBracket), .symbol(.rightBrace):
        _ = open.popLast()
      default: break
      }
    }
    guard let found = open.last ?? (last == .symbol(.pipe) ? .pipe : nil) else { return nil }
    self = found
  }
}
