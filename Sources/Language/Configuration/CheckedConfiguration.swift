/// A configuration whose settings are known to be right.
package struct CheckedConfiguration: Sendable {
  package let profiles: [CheckedProfile]
  /// The profile that `default` names.
  package let standard: String?
}

/// A profile whose settings are known to be right; `nil` stands for what it does not say.
package struct CheckedProfile: Sendable {
  package let name: String
  package internal(set) var region: String?
  package internal(set) var host: String?
  /// Where the token is kept, as `secret("…")` names it.
  package internal(set) var token: String?
  package internal(set) var isProduction = false
  package internal(set) var isReadOnly = false
  /// A predicate over a connection, which reads no variable.
  package internal(set) var protect: CheckedExpression?
  package internal(set) var maxWrites: Int?
  package internal(set) var maxPercent: Int?
  package internal(set) var rate: Int?
  package internal(set) var output: String?

  init(name: String) { self.name = name }
}

/// What the program knows of the values in a configuration, beyond their types.
package struct ConfigurationTerms: Sendable {
  let regions: [String]
  let formats: [String]
  /// Says why a text is no address of a workspace; `nil` where it is one.
  let addressProblem: @Sendable (String) -> String?
  /// `true` iff the text says where a token is kept.
  let isTokenPlace: @Sendable (String) -> Bool

  package init(
    regions: [String], formats: [String],
    addressProblem: @escaping @Sendable (String) -> String?,
    isTokenPlace: @escaping @Sendable (String) -> Bool
  ) {
    self.regions = regions
    self.formats = formats
    self.addressProblem = addressProblem
    self.isTokenPlace = isTokenPlace
  }
}
