/// A value to be computed, as it was written.
package struct Expression: Sendable {
  package let kind: Kind
  package let span: SourceSpan
  /// `true` iff brackets stand around it; the span leaves them out.
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
    /// Two or more operands of one connective: a chain is one node, however long.
    case logical(LogicalOperator, [Expression])
    case comparison(ComparisonOperator, Expression, Expression)
    case between(Expression, Expression, Expression)
    case arithmetic(ArithmeticOperator, Expression, Expression)
    case coalesce(Expression, Expression)
    case conditional(Expression, then: Expression, else: Expression)
    /// A diagnostic stands reported here; whatever follows from it is not.
    case invalid
  }

  package enum Segment: Sendable {
    case text(String)
    case expression(Expression)
  }
}
