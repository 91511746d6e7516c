/// `a [desc]`.
package struct SortKey: Sendable {
  package let value: Expression
  package let descending: Bool
}
