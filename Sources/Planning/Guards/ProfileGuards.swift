import Language
import Text

/// The limits that a profile sets for every run against its workspace.
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
    /// The predicate as written in the configuration, on one line.
    package let text: String
    /// Where the predicate is written, such as `config.conn:5:13`.
    package let location: String
  }

  /// Returns `true` iff these guards can check the writes only with a list of the workspace.
  package func readsWorkspace(for writes: [PlannedWrite]) -> Bool {
    if writes.isEmpty { return false }
    return maxPercent != nil || protection != nil && writes.contains { $0.id != nil }
  }

  /// `true` iff the guards read tags, so that the list must include them.
  package var readsTags: Bool {
    protection.map { !$0.predicate.fieldsRead.isDisjoint(with: ["tags", "tag_titles", "raw"]) }
      ?? false
  }

  /// `true` iff the guards read the titles of tags.
  package var readsTitles: Bool {
    protection.map { $0.predicate.fieldsRead.contains("tag_titles") } ?? false
  }

  /// The heading that names the profile, such as `Profile eu-prod (production)`.
  package var title: String {
    "Profile \(name.escapingHiddenCharacters())\(isProduction ? " (production)" : "")"
  }
}
