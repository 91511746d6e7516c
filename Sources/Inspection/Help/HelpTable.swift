/// A table of the language for a person: what `help` shows and the reference page prints.
package struct HelpTable: Sendable {
  /// One word that asks for it, such as `stages`.
  package let topic: String
  package let title: String
  /// What holds for all of its entries.
  package let words: String
  package let entries: [HelpEntry]

  package init(_ topic: String, _ title: String, _ words: String, _ entries: [HelpEntry]) {
    self.topic = topic
    self.title = title
    self.words = words
    self.entries = entries
  }
}

extension HelpTable {
  /// What a script is made of, in the order of the reference page.
  package static let language: [HelpTable] = [
    statements, sources, stages, functions, operators, literals, fields,
  ]

  /// Every table, those of the configuration and the diagnostics among them.
  package static let all = language + [settings, diagnostics]
}
