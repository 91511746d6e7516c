/// The long form of a diagnostic, for `conn explain CODE`: what is wrong, why it is refused, and the
/// way out, with a script that has it and one that has it not.
package struct DiagnosticArticle: Sendable {
  package let code: String
  package let title: String
  let explanation: String
  /// A script that gives the diagnostic; the tests run it.
  package let wrong: String
  /// The same without it; the tests run it.
  package let right: String

  init(_ code: String, _ title: String, _ explanation: String, wrong: String, right: String) {
    self.code = code
    self.title = title
    self.explanation = explanation
    self.wrong = wrong
    self.right = right
  }

  /// Every diagnostic, in the order of the codes.
  package static let table: [DiagnosticArticle] =
    syntax + names + types + effects + parameters + files

  package static func named(_ code: String) -> DiagnosticArticle? {
    table.first { $0.code == code.uppercased() }
  }

  /// The article as text for a person.
  package var text: String {
    """
    \(code): \(title)

    \(explanation)

    Instead of

    \(Self.indented(wrong))

    write

    \(Self.indented(right))

    """
  }

  private static func indented(_ script: String) -> String {
    script.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : "    " + $0 }.joined(separator: "\n")
  }
}
