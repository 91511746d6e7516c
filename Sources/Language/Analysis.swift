/// All that is known of a text without running it: from bytes to a checked script, or why not.
package struct Analysis: Sendable {
  package let sources: SourceMap
  /// In the order of the text, errors of an argument first; at most ``limit`` errors.
  package let diagnostics: [Diagnostic]
  /// `nil` iff there is an error.
  package let script: CheckedScript?
  /// What the end of the text leaves open.
  package let open: OpenConstruct?
  package let scope: Scope

  /// How many errors one analysis reports.
  package static let limit = 20

  /// What is to be analysed.
  package struct Input: Sendable {
    package let name: String
    package let bytes: [UInt8]
    /// `name=value`, each; `nil` where nothing will be run, so that no value can be missing.
    package let arguments: [String]?

    package init(name: String, bytes: [UInt8], arguments: [String]? = nil) {
      self.name = name
      self.bytes = bytes
      self.arguments = arguments
    }
  }

  package init(_ input: Input, vocabulary: Vocabulary, scope: Scope) {
    var sources = SourceMap()
    let file = sources.add(name: input.name, bytes: input.bytes)
    let arguments = (input.arguments ?? []).map {
      sources.add(name: "argument", bytes: Array($0.utf8))
    }
    let parsed = Parser.parse(file, vocabulary: vocabulary)
    let binder = ParameterBinder(parsed.script, arguments: arguments)
    let missing = input.arguments == nil ? [] : binder.missing.map(Diagnostic.missingParameter)
    let checked = Checker.check(
      parsed.script, vocabulary: vocabulary, scope: scope, given: binder.values)
    let found = parsed.diagnostics + checked.diagnostics + missing
    sources.hide(parsed.confidential)
    self.sources = sources
    diagnostics = Array((binder.diagnostics + Self.ordered(found)).prefix(Self.limit))
    let hasFailed = (binder.diagnostics + found).contains(where: \.isError)
    script = hasFailed ? nil : checked.script
    open = parsed.open
    self.scope = script == nil ? scope : checked.scope
  }

  /// In the order of the text, one a place.
  private static func ordered(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    var seen: Set<SourceSpan> = []
    let sorted = diagnostics.enumerated()
      .sorted { ($0.element.span.start, $0.offset) < ($1.element.span.start, $1.offset) }
      .map(\.element)
    return sorted.filter { seen.insert($0.span).inserted }
  }
}
