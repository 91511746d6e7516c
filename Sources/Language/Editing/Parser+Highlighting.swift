/// Highlighting by meaning: `count` is a stage, a function or a column, depending on its position.
extension Parser {
  /// Returns the styles of words by offset; words without a meaning have none.
  static func painting(_ file: SourceFile, _ lexed: Lexer.Output, vocabulary: Vocabulary)
    -> [Int: Highlighting.Style]
  {
    var parser = Parser(lexed, file, vocabulary)
    parser.painted = [:]
    _ = parser.script()
    return parser.painted ?? [:]
  }

  /// Records the style of the current token, if highlighting is wanted.
  mutating func paint(_ style: Highlighting.Style) {
    guard painted != nil else { return }
    let position = current.span.start
    painted?[position] = style
  }

  mutating func paint(_ name: Name, _ style: Highlighting.Style) {
    painted?[name.span.start] = style
  }
}
