/// An error or warning in a text: what is wrong, where it is, and how to fix it.
///
/// `message` and `label` say what is wrong; only `help` says what to do. Each diagnostic is created
/// by a function next to the check that finds it.
package struct Diagnostic: Error, Hashable, Sendable {
  package enum Severity: String, Sendable { case error, warning }

  package let severity: Severity
  /// A stable code, `C` and four digits: 00 for characters and syntax, 01 names, 02 types, 03
  /// effects and bounds, 04 parameters, 05 files, 06 configuration, 07 tests.
  package let code: String
  package let message: String
  package let span: SourceSpan
  /// The text next to the carets; it must make sense on its own.
  package let label: String
  package let help: [String]
  /// Alternative fixes. If there is more than one, only a person can choose.
  package private(set) var fixes: [Fix]
  /// Other places that are involved, such as the call of a definition.
  package var related: [Related] = []
  /// `true` iff the text after the span may be a secret and must not be shown.
  package let hidesRest: Bool

  /// A set of edits that fixes the diagnostic.
  package struct Fix: Hashable, Sendable {
    package let title: String
    package let edits: [Edit]
    /// `false` iff the fix is a guess or a decision that a person must make. Such a fix is shown,
    /// but never applied unasked.
    package let isCertain: Bool
    /// `false` iff the fixed text may select rows that the written text doesn't. Such a fix is
    /// dropped if the text writes.
    let keepsSelection: Bool

    package init(
      _ title: String, _ edits: [Edit], isCertain: Bool = true, keepsSelection: Bool = true
    ) {
      self.title = title
      self.edits = edits
      self.isCertain = isCertain
      self.keepsSelection = keepsSelection
    }

    /// Creates a fix that replaces `span` with `replacement`.
    package init(_ span: SourceSpan, _ replacement: String) {
      self.init("write `\(replacement)`", [Edit(span, replacement)])
    }
  }

  /// A range of the text and its replacement.
  package struct Edit: Hashable, Sendable {
    package let span: SourceSpan
    package let replacement: String

    package init(_ span: SourceSpan, _ replacement: String) {
      self.span = span
      self.replacement = replacement
    }
  }

  /// An additional place with its own label.
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
  /// Returns the diagnostic with an additional place.
  func noting(_ span: SourceSpan, _ label: String) -> Diagnostic {
    var diagnostic = self
    diagnostic.related.append(Related(span: span, label: label))
    return diagnostic
  }

  /// Returns the diagnostic without its fixes, unless all of them satisfy the condition.
  func keepingFixes(_ isAllowed: (Fix) -> Bool) -> Diagnostic {
    guard !fixes.allSatisfy(isAllowed) else { return self }
    var diagnostic = self
    diagnostic.fixes = []
    return diagnostic
  }

  package var isError: Bool { severity == .error }
}

extension String {
  /// The text, cut short if it exceeds 1,000 bytes, so that a huge name isn't repeated in full.
  fileprivate var clipped: String {
    utf8.count <= 1_000 ? self : String(unicodeScalars.prefix(500)) + "…"
  }
}
