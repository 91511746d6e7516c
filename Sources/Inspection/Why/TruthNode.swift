/// A condition of a predicate with its value for one row, and what that value hangs on.
package struct TruthNode: Sendable {
  /// The condition as it is written; the arguments of definitions in place of their parameters.
  package let text: String
  package let verdict: Verdict
  /// What it reads, such as `tags = ["x", "y"]`; of a condition of others, nothing.
  package let facts: [String]
  /// Why a null decides, or why there is no value.
  package let note: String?
  /// The conditions that it is made of, in the order of the text.
  package let children: [TruthNode]

  package enum Verdict: Hashable, Sendable {
    case holds(Bool)
    /// The row has something that cannot be read, or a result does not fit.
    case failed
  }
}
