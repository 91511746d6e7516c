import API
import Language
import Text

/// The environment variables that a script may not read: those that hold API tokens, and, as plain
/// text, those that hold secrets of the script.
package struct WithheldVariables: Sendable {
  package var tokens: Set<String>
  package private(set) var secrets: Set<String> = []

  package init(tokens: Set<String> = [Scope.tokenVariable]) { self.tokens = tokens }

  /// Adds the variables that hold one of these secrets, whatever their names.
  package mutating func withhold(
    _ references: Set<SecretReference>, from environment: [String: String]
  ) {
    let names = Set(references.compactMap(\.variable))
    let values = names.compactMap { environment[$0] }
    secrets.formUnion(names.union(Self.names(holding: values, in: environment)))
  }

  /// Returns the variables that hold one of the values. A value of fewer than
  /// ``minimumLength`` bytes must be the whole value of the variable.
  package static func names(holding values: [String], in environment: [String: String])
    -> Set<String>
  {
    let wanted = values.map(\.droppingFinalNewline).filter { !$0.isEmpty }
    return Set(environment.filter { _, text in wanted.contains { text.holds($0) } }.keys)
  }

  /// Shorter texts occur in others by chance.
  package static let minimumLength = 8

  /// Returns the reason why `env(name)` is refused, if it is.
  func problem(plain name: String) -> String? {
    if secrets.contains(name), !tokens.contains(name) {
      return "the environment variable `\(name)` holds a secret of this script"
    }
    return problem(secret: name)
  }

  /// Returns the reason why `secret("env:NAME")` is refused, if it is.
  package func problem(secret name: String?) -> String? {
    guard let name, tokens.contains(name) else { return nil }
    return "the environment variable `\(name)` holds an API token, which no script can read"
  }
}

extension String {
  fileprivate func holds(_ secret: String) -> Bool {
    droppingFinalNewline == secret
      || secret.utf8.count >= WithheldVariables.minimumLength && utf8.contains(secret.utf8)
  }
}
