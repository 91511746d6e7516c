/// What is wrong (or doubtful) in a text, where, and how to mend it.
///
/// `message` and `label` say what is wrong; only `help` says what to do. Each diagnostic is made by
/// a function beside the check that finds it.
package struct Diagnostic: Error, Hashable, Sendable {
  package enum Severity: String, Sendable { case error, warning }

  package let severity: Severity
  /// Stable, `C` and four digits: 00 lexical and syntax, 01 names, 02 types, 03 effects and bounds,
  /// 04 parameters, 05 files, 06 the configuration.
  package let code: String
  package let message: String
  package let span: SourceSpan
  /// Stands beside the carets and makes sense alone.
  package let label: String
  package let help: [String]
  /// Each of them mends the text; of several only a person can choose one.
  package let fixes: [Fix]
  /// Other places that have a part in it, such as the call of a definition.
  package var related: [Related] = []
  /// `true` iff the text behind the span may be a secret, and must not be shown.
  package let hidesRest: Bool

  /// Edits of the text that mend the diagnostic.
  package struct Fix: Hashable, Sendable {
    package let title: String
    package let edits: [Edit]
    /// `false` iff the fix is a guess, or takes a decision that is a person's: it is shown, and never
    /// applied unasked.
    package let isCertain: Bool

    package init(_ title: String, _ edits: [Edit], isCertain: Bool = true) {
      self.title = title
      self.edits = edits
      self.isCertain = isCertain
    }

    /// Puts `replacement` in the place of `span`.
    package init(_ span: SourceSpan, _ replacement: String) {
      self.init("write `\(replacement)`", [Edit(span, replacement)])
    }
  }

  /// A stretch of the text, and what stands there instead.
  package struct Edit: Hashable, Sendable {
    package let span: SourceSpan
    package let replacement: String

    package init(_ span: SourceSpan, _ replacement: String) {
      self.span = span
      self.replacement = replacement
    }
  }

  /// A further place, with words of its own beside the carets.
  package struct Related: Hashable, Sendable {
    package let span: SourceSpan
    package let label: String
  }

  package init(
    _ code: String, _ message: String, at span: SourceSpan, label: String = "",
    help: [String] = [], fix: Fix? = nil, fixes: [Fix] = [], severity: Severity = .error,
    related: [Related] = [], hidesRest: Bool = false
  ) {
    self.severity = severity
    self.code = code
    self.message = message.clipped
    self.span = span
    self.label = label
    self.help = help.map(\.clipped)
    self.fixes = fix.map { [$0] } ?? fixes
    self.related = related
    self.hidesRest = hidesRest
  }
}

extension Diagnostic {
  /// Returns the diagnostic with a further place.
  func noting(_ span: SourceSpan, _ label: String) -> Diagnostic {
    var diagnostic = self
    diagnostic.related.append(Related(span: span, label: label))
    return diagnostic
  }

  package var isError: Bool { severity == .error }
}

extension String {
  /// A name of a megabyte is not repeated as a whole.
  fileprivate var clipped: String {
    utf8.count <= 1_000 ? self : String(unicodeScalars.prefix(500)) + "…"
  }
}
