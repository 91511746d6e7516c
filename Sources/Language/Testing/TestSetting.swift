/// A setting of a test: what is given, or what is expected.
package struct TestSetting: Sendable {
  package let key: Key
  package let type: Kind
  package let help: String
  /// A valid value, as written in a test.
  package let example: String

  package enum Key: String, CaseIterable, Sendable {
    case given, parameters, environment, now
    case selection, rows, calls, outcomes, exit, error
  }

  package enum Kind: Sendable {
    case value(ValueType)
    /// The name of a file with a workspace, a list of connections, or a record with connections and
    /// tags.
    case workspace
  }

  private init(_ key: Key, _ type: Kind, _ example: String, _ help: String) {
    self.key = key
    self.type = type
    self.help = help
    self.example = example
  }
}

extension TestSetting {
  /// All settings, in display order: first what is given, then what is expected.
  package static let table: [TestSetting] = [
    TestSetting(
      .given, .workspace, "[{ id: 36, name: \"ACME\", tags: [\"tag-legacy\"] }]",
      "the workspace: a list of connections, `{ connections: …, tags: … }`, or the name of a file "
        + "with one of these (default: the sample workspace)"),
    TestSetting(
      .parameters, .value(.record), "{ tag: \"tag-legacy\", most: 5 }",
      "values of the script's parameters"),
    TestSetting(
      .environment, .value(.record), "{ OWNER: \"ACME\" }",
      "what `env(…)` reads; a test sees no other variables"),
    TestSetting(
      .now, .value(.timestamp), "@2026-01-31T10:00:00Z",
      "value of now() (default: \(defaultNow), so that a test never changes its result)"),
    TestSetting(
      .selection, .value(.list(.int)), "[36, 37]",
      "ids of the connections that the script changes, in order; if it changes nothing, of the rows "
        + "of its last pipeline"),
    TestSetting(
      .rows, .value(.list(.record)), "[{ id: 36, name: \"ACME\" }]",
      "rows of the last pipeline, in order; only the members given here are compared"),
    TestSetting(
      .calls, .value(.list(.string)), "['PUT /api/connections/36 {\"folder_id\":7}']",
      "calls that change something, in order; a call without a body matches every body"),
    TestSetting(
      .outcomes, .value(.record), "{ done: 2, rejected: 1 }",
      "number of writes by outcome; rows that need no change are not counted"),
    TestSetting(
      .exit, .value(.int), "5",
      "exit code of the run (default: 0; if `outcomes` is given also 1, and if `error` is given any "
        + "other than 0)"),
    TestSetting(
      .error, .value(.string), "\"more connections have the tag than expected\"",
      "part of the message that ends the run"),
  ]

  /// The value of `now()` unless a test sets it.
  package static let defaultNow = "2026-01-01T00:00:00Z"

  package var name: String { key.rawValue }

  /// `true` iff the setting says what is expected.
  var isExpectation: Bool {
    switch key {
    case .given, .parameters, .environment, .now: false
    case .selection, .rows, .calls, .outcomes, .exit, .error: true
    }
  }

  package static func named(_ name: String) -> TestSetting? { table.first { $0.name == name } }

  /// The type of the setting's values, by its name in the language.
  package var typeName: String {
    switch type {
    case .value(let type): type.description
    case .workspace: "string, list<record> or record"
    }
  }
}
