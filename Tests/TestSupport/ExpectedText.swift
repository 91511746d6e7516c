import Testing

/// Fails where a text is not as expected, and shows the lines that differ.
package func expectText(
  _ actual: String, _ expected: String, _ title: String = "the text is not as expected",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  guard actual != expected else { return }
  Issue.record(
    "\(title)\n\(TextDifference(from: expected, to: actual).text)",
    sourceLocation: sourceLocation)
}

/// Fails where a value is not as expected, and shows both. `#expect` shows neither of them where the
/// value is awaited, or may throw.
package func expectEqual<Value: Equatable>(
  _ actual: Value, _ expected: Value, _ comment: @autoclosure () -> Comment? = nil,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(actual == expected, comment(), sourceLocation: sourceLocation)
}

/// The same where there should be none.
package func expectNil<Value>(
  _ value: Value?, _ comment: @autoclosure () -> Comment? = nil,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(value == nil, comment(), sourceLocation: sourceLocation)
}
