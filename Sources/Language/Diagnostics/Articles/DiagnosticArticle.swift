import Text

/// The long explanation of a diagnostic, printed by `conn explain CODE`: what is wrong, why it is
/// an error, how to fix it, and an example before and after the fix.
///
/// The tests run both examples, so an article can't drift away from what the checker does.
package struct DiagnosticArticle: Sendable {
  package let code: String
  package let title: String
  package let explanation: String
  /// A script that causes the diagnostic.
  package let wrong: String
  /// The corrected script, which causes no diagnostic.
  package let right: String
  /// The command-line arguments after the script, if the mistake is in them and not in the script.
  package let arguments: (wrong: [String], right: [String])?
  /// The kind of file that the examples show.
  package private(set) var examplesKind = ExamplesKind.scripts

  package enum ExamplesKind: Sendable { case scripts, configurations, tests }

  init(_ code: String, _ title: String, _ explanation: String, wrong: String, right: String) {
    self.code = code
    self.title = title
    self.explanation = explanation
    self.wrong = wrong
    self.right = right
    arguments = nil
  }

  init(
    _ code: String, _ title: String, _ explanation: String, script: String,
    wrong: [String], right: [String]
  ) {
    self.code = code
    self.title = title
    self.explanation = explanation
    self.wrong = script
    self.right = script
    arguments = (wrong, right)
  }

  /// Creates an article whose examples are configurations.
  static func ofConfiguration(
    _ code: String, _ title: String, _ explanation: String, wrong: String, right: String
  ) -> DiagnosticArticle {
    var article = DiagnosticArticle(code, title, explanation, wrong: wrong, right: right)
    article.examplesKind = .configurations
    return article
  }

  /// Creates an article whose examples are test files.
  static func ofTests(
    _ code: String, _ title: String, _ explanation: String, wrong: String, right: String
  ) -> DiagnosticArticle {
    var article = DiagnosticArticle(code, title, explanation, wrong: wrong, right: right)
    article.examplesKind = .tests
    return article
  }

  /// The articles of all diagnostics, ordered by code.
  package static let table: [DiagnosticArticle] =
    syntax + names + types + effects + parameters + files + configuration + settings + tests

  package static func named(_ code: String) -> DiagnosticArticle? {
    table.first { $0.code == code.uppercased() }
  }

  /// `true` iff `text` looks like a code: `C` and four digits.
  package static func isCode(_ text: String) -> Bool {
    let digits = text.utf8.dropFirst()
    return text.uppercased().hasPrefix("C") && digits.count == 4
      && digits.allSatisfy(\.isASCIIDigit)
  }
}

extension DiagnosticArticle {
  /// The article as printed by `conn explain`.
  package var text: String {
    """
    \(code): \(title)

    \(explanation)

    \(examples)

    """
  }

  private var examples: String {
    let parts =
      if let arguments {
        [
          "For the script", wrong, "instead of", Self.commandLine(arguments.wrong), "write",
          Self.commandLine(arguments.right),
        ]
      } else {
        ["Instead of", wrong, "write", right]
      }
    return parts.enumerated()
      .map { index, part in index.isMultiple(of: 2) ? part : Self.indented(part) }
      .joined(separator: "\n\n")
  }

  private static func commandLine(_ arguments: [String]) -> String {
    (["conn run script.conn"] + arguments).joined(separator: " ")
  }

  private static func indented(_ script: String) -> String {
    script.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : "    " + String($0).escapingHiddenCharacters() }
      .joined(separator: "\n")
  }
}
