/// The effect of a pipeline on the workspace; later cases are more serious.
package enum Effect: Int, Comparable, Sendable, CaseIterable {
  case read
  /// Makes changes that can be undone.
  case write
  /// Sends credentials, which the server then tests.
  case reauth
  /// Removes something that can't be restored.
  case destructive

  package static func < (lhs: Self, rhs: Self) -> Bool { lhs.rawValue < rhs.rawValue }

  /// The name of the effect: `read`, `write`, `reauth` or `destructive`.
  package var name: String { "\(self)" }
}
