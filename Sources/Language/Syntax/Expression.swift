/// An expression as parsed, before names and types are checked.
package struct Expression: Sendable {
  package let kind: Kind
  package let span: SourceSpan
  /// `true` iff the expression is in parentheses; the span excludes them.
  package var isParenthesized = false

  /// Cases that would make every expression larger are stored apart.
  package enum Kind: Sendable {
    case literal(Literal)
    case name(String)
    case variable(String)
    indirect case member(Expression, Name)
    indirect case call(Name, [Expression])
    case list([Expression])
    case record([RecordEntry])
    case interpolation([Segment])
    indirect case not(Expression)
    indirect case negated(Expression)
    /// Two or more operands of one connective; a chain of any length is one node.
    case logical(LogicalOperator, [Expression])
    indirect case comparison(ComparisonOperator, Expression, Expression)
    indirect case between(Expression, Expression, Expression)
    indirect case arithmetic(ArithmeticOperator, Expression, Expression)
    indirect case coalesce(Expression, Expression)
    indirect case conditional(Expression, then: Expression, else: Expression)
    /// A placeholder for text with a reported error; errors that follow from it aren't reported.
    case invalid
  }

  package enum Segment: Sendable {
    case text(String)
    case expression(Expression)
  }
}
