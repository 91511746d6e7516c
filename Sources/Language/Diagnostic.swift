/// What is wrong (or doubtful) in a text, where, and how to mend it.
///
/// `message` and `label` say what is wrong; only `help` says what to do. Each diagnostic is made by
/// a function beside the check that finds it.
package struct Diagnostic: Error, Hashable, Sendable {
  package enum Severity: String, Sendable { case error, warning }

  package let severity: Severity
  /// Stable, `C` and four digits: 00 lexical and syntax, 01 names, 02 types, 03 effects and bounds,
  /// 04 parameters, 05 files.
  package let code: String
  package let message: String
  package let span: SourceSpan
  /// Stands beside the carets and makes sense alone.
  package let label: String
  package let help: [String]
  package let fix: Fix?
  /// `true` iff the text behind the span may be a secret, and must not be shown.
  package let hidesRest: Bool

  /// A change of the text that mends the diagnostic.
  package struct Fix: Hashable, Sendable {
    package let span: SourceSpan
    package let replacement: String

    package init(_ span: SourceSpan, _ replacement: String) {
      self.span = span
      self.replacement = replacement
    }
  }

  package init(
    _ code: String, _ message: String, at span: SourceSpan, label: String = "",
    help: [String] = [], fix: Fix? = nil, severity: Severity = .error,
    hidesRest: Bool = false
  ) {
    self.severity = severity
    self.code = code
    self.message = message
    self.span = span
    self.label = label
    self.help = help
    self.fix = fix
    self.hidesRest = hidesRest
  }
}

extension Diagnostic {
  package var isError: Bool { severity == .error }
}
