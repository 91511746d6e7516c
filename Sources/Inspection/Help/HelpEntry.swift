/// One element of the language: its syntax, a summary and examples.
package struct HelpEntry: Sendable {
  /// The words that find this entry.
  package let names: [String]
  /// The syntax, such as `first n`.
  package let signature: String
  package let summary: String
  /// Further facts with labels; code is in backticks. All entries of a table have the same labels.
  package let facts: [Fact]
  package let examples: [Example]

  package struct Fact: Sendable {
    package let label: String
    package let text: String
  }

  /// A script, or an expression with its value. The tests run every example.
  package struct Example: Sendable {
    package let text: String
    package let value: String?

    package init(_ text: String, _ value: String? = nil) {
      self.text = text
      self.value = value
    }
  }

  package init(
    _ names: [String], _ signature: String, _ summary: String,
    facts: KeyValuePairs<String, String> = [:], examples: [Example] = []
  ) {
    self.names = names
    self.signature = signature
    self.summary = summary
    self.facts = facts.map { Fact(label: $0.key, text: $0.value) }
    self.examples = examples
  }
}
