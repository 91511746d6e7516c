import API
import Language
import Text

/// What a profile demands of every run against its workspace.
package struct ProfileGuards: Sendable {
  /// The profile's name.
  package let name: String
  package let isProduction: Bool
  package let isReadOnly: Bool
  package let protection: Protection?
  package let maxWrites: Int?
  package let maxPercent: Int?

  /// Connections that no write may touch.
  package struct Protection: Sendable {
    package let predicate: CheckedExpression
    /// As the configuration has it, on one line.
    package let text: String
    /// `config.conn:5:13`.
    package let place: String
  }

  /// `true` iff the guards of the plan cannot be judged without the workspace's connections.
  package func readsWorkspace(for plan: WritePlan) -> Bool {
    if plan.writes.isEmpty { return false }
    return maxPercent != nil || protection != nil && plan.writes.contains { $0.call.id != nil }
  }

  /// `true` iff the connections must come with their tags.
  package var readsTags: Bool {
    protection.map { !$0.predicate.fieldsRead.isDisjoint(with: ["tags", "raw"]) } ?? false
  }

  /// `Profile eu-prod (production)`.
  package var title: String {
    "Profile \(name.escapingHiddenCharacters())\(isProduction ? " (production)" : "")"
  }
}
