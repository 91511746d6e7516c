import Testing

/// Fails where a text is not as expected, and shows it as it is, line by line.
package func expectText(
  _ actual: String, _ expected: String, sourceLocation: SourceLocation = #_sourceLocation
) {
  guard actual != expected else { return }
  Issue.record("the text is\n\(actual)\nend of the text", sourceLocation: sourceLocation)
}
