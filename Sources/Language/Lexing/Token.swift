/// A token with its kind and span.
package struct Token: Hashable, Sendable {
  package let kind: Kind
  /// The token as the grammar sees it.
  let terminal: Terminal
  package let span: SourceSpan

  /// Creates a token; `keyword` is the word of the grammar that a name is, if it is one.
  init(kind: consuming Kind, span: SourceSpan, keyword: Keyword? = nil) {
    terminal = keyword.map { .word($0) } ?? kind.terminal
    self.kind = kind
    self.span = span
  }

  package enum Kind: Hashable, Sendable {
    case name(String)
    /// `$name`, without the dollar.
    case variable(String)
    case literal(Literal)
    case interpolation([Segment])
    case symbol(Symbol)
    case newline
    /// A placeholder for text with a reported lexical error.
    case invalid
    case end
  }

  /// What the grammar distinguishes: unlike a kind it has no text, so that it is quick to compare.
  enum Terminal: Hashable, Sendable {
    case word(Keyword)
    /// A name that isn't a word of the grammar.
    case name
    /// A literal, an interpolated string or a variable.
    case value
    case symbol(Symbol)
    case newline, invalid, end
  }

  /// A part of `f"…"`: text, or the tokens between braces.
  package enum Segment: Hashable, Sendable {
    case text(String)
    case expression([Token])
  }
}

extension Token.Kind {
  /// The terminal of a token of this kind that isn't a word of the grammar.
  fileprivate var terminal: Token.Terminal {
    switch self {
    case .name: .name
    case .variable, .literal, .interpolation: .value
    case .symbol(let symbol): .symbol(symbol)
    case .newline: .newline
    case .invalid: .invalid
    case .end: .end
    }
  }
}

extension Token.Terminal {
  /// `true` iff a value can begin with the token, and an operator can't.
  var startsOperand: Bool {
    switch self {
    case .value, .name: true
    case .symbol(let symbol):
      symbol == .leftParenthesis || symbol == .leftBracket || symbol == .leftBrace
    case .word(let word): !word.isReserved || word == .not
    case .newline, .invalid, .end: false
    }
  }
}
