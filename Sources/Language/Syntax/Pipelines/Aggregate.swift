/// A value computed from the rows of a group.
package struct Aggregate: Sendable {
  package let kind: Kind
  /// The name of the result column.
  package let name: Name
  /// `nil` for a count.
  package let value: Expression?

  package enum Kind: String, CaseIterable, Sendable { case count, min, max }
}
