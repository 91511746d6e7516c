/// What the parser takes the words of a text for, so that they are shown as what they mean: `count`
/// is a stage, a function or a column, as its place has it.
extension Parser {
  /// Returns the styles of words by their places; words that mean nothing have none.
  static func painting(_ file: SourceFile, _ lexed: Lexer.Output, vocabulary: Vocabulary)
    -> [Int: Highlighting.Style]
  {
    var parser = Parser(lexed, file, vocabulary)
    parser.painted = [:]
    _ = parser.script()
    return parser.painted ?? [:]
  }

  /// Notes what the current token is taken for; nothing where nobody asks.
  mutating func paint(_ style: Highlighting.Style) {
    guard painted != nil else { return }
    let place = current.span.start
    painted?[place] = style
  }

  mutating func paint(_ name: Name, _ style: Highlighting.Style) {
    painted?[name.span.start] = style
  }
}
