/// A condition of a predicate with its value for one row, and the facts that decide it.
package struct TruthNode: Sendable {
  /// The condition as written, with the arguments of definitions in place of their parameters.
  package let text: String
  package let verdict: Verdict
  /// The values it reads, such as `tags = ["x", "y"]`; empty if it only combines other conditions.
  package let facts: [String]
  /// The reason why a null decides the condition, or why there is no value.
  package let note: String?
  /// The conditions that it combines, in source order.
  package let children: [TruthNode]

  package enum Verdict: Hashable, Sendable {
    case holds(Bool)
    /// The row contains a value that can't be decoded, or a result is out of range.
    case failed
  }
}
