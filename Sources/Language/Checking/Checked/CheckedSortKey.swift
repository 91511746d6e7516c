package struct CheckedSortKey: Sendable {
  package let value: CheckedExpression
  package let descending: Bool
}
