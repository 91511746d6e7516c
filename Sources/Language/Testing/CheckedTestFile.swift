/// A test file whose settings have been checked.
package struct CheckedTestFile: Sendable {
  /// The values that the tests share.
  package internal(set) var constants: [(name: String, value: CheckedExpression)] = []
  package internal(set) var tests: [CheckedTest] = []
}

/// A test whose settings have been checked.
package struct CheckedTest: Sendable {
  package let name: String
  /// The span of the name.
  package let span: SourceSpan
  package internal(set) var settings: [TestSetting.Key: CheckedExpression] = [:]
}
