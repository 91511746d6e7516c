import Testing

/// Fails unless a text is as expected, and shows the lines that differ.
package func expectText(
  _ actual: String, _ expected: String, _ title: String = "the text is not as expected",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  guard actual != expected else { return }
  Issue.record(
    "\(title)\n\(TextDifference(from: expected, to: actual).text)",
    sourceLocation: sourceLocation)
}

/// Fails unless a value is as expected, and shows both. `#expect` shows neither if the value needs
/// `await` or `try`.
package func expectEqual<Value: Equatable>(
  _ actual: Value, _ expected: Value, _ comment: @autoclosure () -> Comment? = nil,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(actual == expected, comment(), sourceLocation: sourceLocation)
}

/// Fails unless a value is `nil`, and shows it.
package func expectNil<Value>(
  _ value: Value?, _ comment: @autoclosure () -> Comment? = nil,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(value == nil, comment(), sourceLocation: sourceLocation)
}
