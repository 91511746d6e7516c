/// `profile "name" { key = value … }`: how a workspace is reached, and what protects it. It stands in
/// the configuration only.
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
