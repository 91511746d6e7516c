/// The result of analysing a text without running it: a checked script, or the errors in it.
package struct Analysis: Sendable {
  package let sources: SourceMap
  /// The number of earlier texts; the text and the files that it uses follow them in ``sources``.
  private let earlier: Int
  /// The diagnostics in text order, errors in arguments first; at most ``limit`` errors and as many
  /// warnings.
  package let diagnostics: [Diagnostic]
  /// `nil` iff there is an error.
  package let script: CheckedScript?
  /// The construct that is still open at the end of the text.
  package let open: UnclosedDelimiter?
  package let scope: Scope
  /// The paths of the files that the text uses, directly or indirectly, also of those that can't be
  /// read.
  package let usedPaths: Set<String>
  /// `true` iff a literal in the texts may be a credential; such texts aren't stored.
  package let holdsConfidentialText: Bool

  /// The maximum number of errors that one analysis reports.
  package static let limit = 20

  /// The maximum size of a script in bytes, including the files that it uses. A check takes up to 350
  /// times its size in memory.
  package static let maxBytes = 2 << 20

  /// A text to analyse.
  package struct Input: Sendable {
    package let name: String
    package let bytes: [UInt8]
    /// The arguments, each as `name=value`; `nil` if nothing will run, so that missing values
    /// aren't errors.
    package let arguments: [String]?
    /// The earlier texts, which spans in the scope may refer to.
    package var sources = SourceMap()
    /// `true` iff no later text can use the names of this one.
    package var isWhole = true

    package init(name: String, bytes: [UInt8], arguments: [String]? = nil) {
      self.name = name
      self.bytes = bytes
      self.arguments = arguments
    }
  }

  /// The text and the files that it uses, with their credentials blanked.
  package var files: [SourceFile] {
    sources.files.dropFirst(earlier).filter { $0.name != "argument" }
  }

  package init(_ input: Input, vocabulary: Vocabulary, scope: Scope) {
    var sources = input.sources
    earlier = sources.files.count
    let file = sources.add(name: input.name, bytes: input.bytes)
    let arguments = (input.arguments ?? []).map {
      sources.add(name: "argument", bytes: Array($0.utf8))
    }
    let parsed = Parser.parse(file, vocabulary: vocabulary)
    let used = UsedFiles(
      parsed.script, name: input.name, vocabulary: vocabulary, scope: scope, sources: &sources)
    usedPaths = Set(used.paths.values)
    let binder = ParameterBinder(parsed.script, arguments: arguments)
    let missing = input.arguments == nil ? [] : binder.missing.map(Diagnostic.missingParameter)
    let isParsed = !parsed.diagnostics.contains(where: \.isError)
    let checked = Checker.check(
      parsed.script,
      in: Checker.Surroundings(
        vocabulary: vocabulary, scope: scope, used: used, given: binder.values,
        isWhole: input.isWhole && isParsed))
    let all = parsed.diagnostics + used.diagnostics + checked.diagnostics + missing
    let found =
      all.contains { !$0.fixes.isEmpty } ? FixGuard(file, vocabulary).checked(all) : all
    let confidential = parsed.confidential + used.confidential + checked.confidential
    diagnostics = Self.limited(
      binder.diagnostics + Self.ordered(found.hiding(confidential, of: sources)))
    sources.hide(confidential + binder.confidential)
    holdsConfidentialText = !confidential.isEmpty
    self.sources = sources
    let hasFailed = (binder.diagnostics + found).contains(where: \.isError)
    script = hasFailed ? nil : checked.script
    open = parsed.open
    self.scope = script == nil ? scope : checked.scope
  }

  /// Returns the diagnostics in text order, at most one per span.
  static func ordered(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    var seen: Set<SourceSpan> = []
    let sorted = diagnostics.enumerated()
      .sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }
      .map(\.element)
    return sorted.filter { seen.insert($0.span).inserted }
  }

  /// Returns the first ``limit`` errors and warnings.
  static func limited(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    var count: [Diagnostic.Severity: Int] = [:]
    return diagnostics.filter { diagnostic in
      count[diagnostic.severity, default: 0] += 1
      return count[diagnostic.severity, default: 0] <= limit
    }
  }
}

extension [Diagnostic] {
  /// Returns the diagnostics with the text of hidden spans replaced by `***`.
  func hiding(_ spans: [SourceSpan], of sources: SourceMap) -> [Diagnostic] {
    let hidden = Set(spans)
    return map { $0.hiding(hidden, of: sources) }
  }
}

extension Diagnostic {
  /// Returns the diagnostic with the text of a hidden span replaced by `***`.
  fileprivate func hiding(_ spans: Set<SourceSpan>, of sources: SourceMap) -> Diagnostic {
    guard spans.contains(span) else { return self }
    let word = sources.text(span)
    let hide: (String) -> String = { $0.replacing(word, with: "***") }
    return Diagnostic(
      code, hide(message), at: span, label: hide(label), help: help.map(hide), severity: severity,
      related: related)
  }

  /// The sort key: by position, errors before warnings.
  fileprivate var rank: Int { span.start * 2 + (isError ? 0 : 1) }
}
