/// A name with its place.
package struct Name: Hashable, Sendable {
  package let text: String
  package let span: SourceSpan
}
