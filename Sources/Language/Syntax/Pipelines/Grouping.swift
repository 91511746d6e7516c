/// `by a, b [with count(), min(c)]`.
package struct Grouping: Sendable {
  package let keys: [Column]
  package let aggregates: [Aggregate]
}
