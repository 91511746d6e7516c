/// A comment from `#` to the end of the line; `##` documents the statement on its line.
package struct Comment: Hashable, Sendable {
  package let span: SourceSpan
  /// The text without the number signs and the surrounding blanks.
  package let text: String
  package let isDocumentation: Bool
}
