/// A lexeme with its kind and place.
package struct Token: Hashable, Sendable {
  package let kind: Kind
  package let span: SourceSpan

  package enum Kind: Hashable, Sendable {
    case name(String)
    /// `$name`, without the dollar.
    case variable(String)
    case literal(Literal)
    case interpolation([Segment])
    case symbol(Symbol)
    case newline
    /// A lexical error stands reported at this place.
    case invalid
    case end
  }

  /// A piece of `f"…"`: text, or the tokens between braces.
  package enum Segment: Hashable, Sendable {
    case text(String)
    case expression([Token])
  }
}
