import Text

/// The long form of a diagnostic, for `conn explain CODE`: what is wrong, why it is refused, and
/// the way out, with a script that has it and one that has it not.
package struct DiagnosticArticle: Sendable {
  package let code: String
  package let title: String
  package let explanation: String
  /// A script that gives the diagnostic; the tests run it.
  package let wrong: String
  /// The same without it; the tests run it.
  package let right: String
  /// What stands behind the script on the command line, where that is wrong and not the script.
  package let arguments: (wrong: [String], right: [String])?
  /// `true` iff the examples are configurations, and not scripts.
  package private(set) var isOfConfiguration = false

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

  /// Returns the article of a diagnostic whose examples are configurations.
  static func ofConfiguration(
    _ code: String, _ title: String, _ explanation: String, wrong: String, right: String
  ) -> DiagnosticArticle {
    var article = DiagnosticArticle(code, title, explanation, wrong: wrong, right: right)
    article.isOfConfiguration = true
    return article
  }

  /// Every diagnostic, in the order of the codes.
  package static let table: [DiagnosticArticle] =
    syntax + names + types + effects + parameters + files + configuration + settings

  package static func named(_ code: String) -> DiagnosticArticle? {
    table.first { $0.code == code.uppercased() }
  }

  /// `true` iff `text` has the form of a code.
  package static func isCode(_ text: String) -> Bool {
    let digits = text.utf8.dropFirst()
    return text.uppercased().hasPrefix("C") && digits.count == 4
      && digits.allSatisfy(\.isASCIIDigit)
  }
}

extension DiagnosticArticle {
  /// The article as text for a person.
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
      .map { place, part in place.isMultiple(of: 2) ? part : Self.indented(part) }
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
