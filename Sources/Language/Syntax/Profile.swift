/// `profile "name" { key = value … }`: the address of a workspace and its protections. Allowed only
/// in the configuration.
package struct Profile: Sendable {
  package let name: Name
  package let settings: [Setting]
  /// From brace to brace.
  package let body: SourceSpan

  /// `key = value`.
  package struct Setting: Sendable {
    package let key: Name
    package let value: Expression
    package let span: SourceSpan
  }
}
