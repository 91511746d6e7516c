/// What a pipeline can do to the workspace; a later case is graver.
package enum Effect: Int, Comparable, Sendable, CaseIterable {
  case read
  /// Changes what can be changed back.
  case write
  /// Sends credentials, which the server tests.
  case reauth
  /// Takes something away that cannot be brought back.
  case destructive

  package static func < (lhs: Self, rhs: Self) -> Bool { lhs.rawValue < rhs.rawValue }

  /// `read`, `write`, `reauth` or `destructive`.
  package var name: String { "\(self)" }
}
