/// `count <op> n`, `all p` or `none p`, with an optional message.
package struct Expectation: Sendable {
  package let kind: Kind
  package let message: Expression?

  package enum Kind: Sendable {
    case count(ComparisonOperator, Expression)
    case all(Expression)
    case none(Expression)
  }
}
