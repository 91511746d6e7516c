package struct CheckedAssignment: Sendable {
  package let field: Field
  package let value: CheckedExpression
}
