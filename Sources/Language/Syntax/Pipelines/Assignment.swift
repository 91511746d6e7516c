/// `field = expr`.
package struct Assignment: Sendable {
  package let field: Name
  package let value: Expression
}
