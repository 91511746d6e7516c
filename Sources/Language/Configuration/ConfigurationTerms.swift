/// The host program's rules for values in a configuration, beyond their types.
package struct ConfigurationTerms: Sendable {
  let regions: [String]
  let formats: [String]
  /// Returns the reason why a text isn't the address of a workspace, or `nil` if it is one.
  let addressProblem: @Sendable (String) -> String?
  /// Returns the reason why a text is neither the address of a proxy nor `none`, or `nil` if it is one.
  let proxyProblem: @Sendable (String) -> String?
  /// Returns `true` iff the text is the location of a token.
  let isTokenSource: @Sendable (String) -> Bool

  package init(
    regions: [String], formats: [String],
    addressProblem: @escaping @Sendable (String) -> String?,
    proxyProblem: @escaping @Sendable (String) -> String?,
    isTokenSource: @escaping @Sendable (String) -> Bool
  ) {
    self.regions = regions
    self.formats = formats
    self.addressProblem = addressProblem
    self.proxyProblem = proxyProblem
    self.isTokenSource = isTokenSource
  }
}
