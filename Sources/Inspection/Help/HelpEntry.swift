/// One thing of the language: how it is written, what it does, examples.
package struct HelpEntry: Sendable {
  /// The words that ask for it.
  package let names: [String]
  /// How it is written, such as `first n`.
  package let signature: String
  package let summary: String
  /// Further facts by their labels; code stands in backticks. Entries of one table have the same labels.
  package let facts: [Fact]
  package let examples: [Example]

  package struct Fact: Sendable {
    package let label: String
    package let text: String
  }

  /// A script that the tests run, or an expression and its value.
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
