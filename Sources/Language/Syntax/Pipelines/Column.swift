/// `a`, `b as c` or `x = expr`.
package struct Column: Sendable {
  package let name: Name
  package let value: Expression
}
