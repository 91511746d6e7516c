import Language

/// What a profile demands of every run against its workspace.
package struct ProfileGuards: Sendable {
  /// The profile's name.
  package let name: String
  package let isProduction: Bool
  package let isReadOnly: Bool
  package let protection: Protection?
  package let mostWrites: Int?
  package let mostPercent: Int?

  /// Connections that no write may touch.
  package struct Protection: Sendable {
    let predicate: CheckedExpression
    /// As the configuration has it, on one line.
    package let text: String
    /// `config.conn:5:13`.
    package let place: String

    var readsTags: Bool { !predicate.fieldsRead.isDisjoint(with: ["tags", "raw"]) }
  }

  /// `Profile eu-prod (production)`.
  var title: String {
    "Profile \(name.escapingHiddenCharacters())\(isProduction ? " (production)" : "")"
  }
}
