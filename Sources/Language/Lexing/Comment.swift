/// `# …` to the end of a line; `## …` documents the statement on its line.
package struct Comment: Hashable, Sendable {
  package let span: SourceSpan
  /// Without the number signs and the blanks around.
  package let text: String
  package let isDocumentation: Bool
}
