/// A name and its span.
package struct Name: Hashable, Sendable {
  package let text: String
  package let span: SourceSpan
}
