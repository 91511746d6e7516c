package struct CheckedColumn: Sendable {
  package let name: String
  package let value: CheckedExpression
}
