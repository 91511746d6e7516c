/// `profile "name" { key = value … }` or `test "name" { key = value … }`. A profile describes a
/// workspace and its protections and is allowed only in the configuration; a test is allowed only in a
/// test file.
package struct SettingsBlock: Sendable {
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
