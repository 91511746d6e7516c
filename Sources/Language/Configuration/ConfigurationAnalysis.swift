/// The result of checking a configuration: its profiles, or the errors in it.
package struct ConfigurationAnalysis: Sendable {
  package let sources: SourceMap
  /// The diagnostics in text order; at most ``Analysis/limit`` errors and as many warnings.
  package let diagnostics: [Diagnostic]
  /// `nil` iff there is an error.
  package let configuration: CheckedConfiguration?

  package init(_ input: Analysis.Input, vocabulary: Vocabulary, terms: ConfigurationTerms) {
    var sources = input.sources
    let file = sources.add(name: input.name, bytes: input.bytes)
    let parsed = Parser.parse(file, vocabulary: vocabulary)
    let checker = ConfigurationChecker(parsed, vocabulary: vocabulary, terms: terms)
    let found = parsed.diagnostics + checker.diagnostics
    diagnostics = Analysis.limited(
      Analysis.ordered(found.hiding(parsed.confidential, of: sources)))
    sources.hide(parsed.confidential)
    self.sources = sources
    configuration = found.contains(where: \.isError) ? nil : checker.configuration
  }

  /// `true` iff the text is a configuration, because of its file name or because it contains a
  /// profile.
  package static func isMeant(by input: Analysis.Input, vocabulary: Vocabulary) -> Bool {
    if input.name.split(separator: "/").last == "config.conn" { return true }
    return input.hasStatement("profile", vocabulary) {
      if case .profile = $0 { true } else { false }
    }
  }
}
