/// An expression as parsed, before names and types are checked.
package struct Expression: Sendable {
  package let kind: Kind
  package let span: SourceSpan
  /// `true` iff the expression is in parentheses; the span excludes them.
  package var isParenthesized = false

  package indirect enum Kind: Sendable {
    case literal(Literal)
    case name(String)
    case variable(String)
    case member(Expression, Name)
    case call(Name, [Expression])
    case list([Expression])
    case record([RecordEntry])
    case interpolation([Segment])
    case not(Expression)
    case negated(Expression)
    /// Two or more operands of one connective; a chain of any length is one node.
    case logical(LogicalOperator, [Expression])
    case comparison(ComparisonOperator, Expression, Expression)
    case between(Expression, Expression, Expression)
    case arithmetic(ArithmeticOperator, Expression, Expression)
    case coalesce(Expression, Expression)
    case conditional(Expression, then: Expression, else: Expression)
    /// A placeholder for text with a reported error; errors that follow from it aren't reported.
    case invalid
  }

  package enum Segment: Sendable {
    case text(String)
    case expression(Expression)
  }
}
