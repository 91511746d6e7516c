/// A token with its kind and span.
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
    /// A placeholder for text with a reported lexical error.
    case invalid
    case end
  }

  /// A part of `f"…"`: text, or the tokens between braces.
  package enum Segment: Hashable, Sendable {
    case text(String)
    case expression([Token])
  }
}
