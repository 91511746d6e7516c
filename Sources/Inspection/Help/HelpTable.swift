/// A table of language elements, shown by `help` and printed on the reference page.
package struct HelpTable: Sendable {
  /// The word that finds the table, such as `stages`.
  package let topic: String
  package let title: String
  /// An introduction that applies to all entries; may be empty.
  package let introduction: String
  package let entries: [HelpEntry]

  package init(_ topic: String, _ title: String, _ introduction: String, _ entries: [HelpEntry]) {
    self.topic = topic
    self.title = title
    self.introduction = introduction
    self.entries = entries
  }
}

extension HelpTable {
  /// The tables of the script language, in the order of the reference page.
  package static let language: [HelpTable] = [
    statements, sources, stages, functions, operators, literals, fields,
  ]

  /// Every table, including those about the program and its surroundings.
  package static let all =
    language + [dates, settings, tests, environment, files, exitCodes, diagnostics]
}
