/// The result of checking a test file: its tests, or the errors in it.
package struct TestFileAnalysis: Sendable {
  package let sources: SourceMap
  /// The diagnostics in text order; at most ``Analysis/limit`` errors and as many warnings.
  package let diagnostics: [Diagnostic]
  /// `nil` iff there is an error.
  package let file: CheckedTestFile?

  /// The end of the name of every test file.
  package static let suffix = "_test.conn"

  package init(_ input: Analysis.Input, vocabulary: Vocabulary) {
    var sources = input.sources
    let source = sources.add(name: input.name, bytes: input.bytes)
    let parsed = Parser.parse(source, vocabulary: vocabulary)
    let checker = TestFileChecker(parsed, source, vocabulary: vocabulary)
    let found = parsed.diagnostics + checker.diagnostics
    diagnostics = Analysis.limited(
      Analysis.ordered(found.hiding(parsed.confidential, of: sources)))
    sources.hide(parsed.confidential)
    self.sources = sources
    file = found.contains(where: \.isError) ? nil : checker.file
  }

  /// `true` iff the text is a test file, because of its file name or because it contains a test.
  package static func isMeant(by input: Analysis.Input, vocabulary: Vocabulary) -> Bool {
    if input.name.hasSuffix(suffix) { return true }
    return input.hasStatement("test", vocabulary) { if case .test = $0 { true } else { false } }
  }
}
