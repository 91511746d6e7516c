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
