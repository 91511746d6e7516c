import API
import Language

/// A function of the language: signature, help, example and meaning in one declaration.
package struct FunctionDefinition: Sendable {
  package let signature: FunctionSignature
  let meaning: @Sendable ([Value], Environment) throws(FunctionError) -> Value

  fileprivate init(
    _ name: String, _ parameters: [FunctionSignature.Parameter],
    _ result: FunctionSignature.Result, _ summary: String,
    example: (call: String, value: String), takesConstants: Bool = false,
    meaning: @escaping @Sendable ([Value], Environment) throws(FunctionError) -> Value
  ) {
    signature = FunctionSignature(
      name, parameters, result, summary: summary, example: example,
      takesConstants: takesConstants)
    self.meaning = meaning
  }

  static func named(_ name: String) -> FunctionDefinition? { byName[name] }

  private static func compare(_ left: Value, _ right: Value) throws(FunctionError) -> Value.Order? {
    do { return try left.compare(right) } catch { throw FunctionError(message: error.message) }
  }

  private static let byName: [String: FunctionDefinition] = Dictionary(
    table.map { ($0.signature.name, $0) }, uniquingKeysWith: { first, _ in first })
}

/// The reason why a function has no value.
struct FunctionError: Error {
  let message: String
}

extension FunctionDefinition {
  /// Every function. The examples are evaluated with `--now 2026-01-31T10:00:00Z`.
  package static let table: [FunctionDefinition] = [
    FunctionDefinition(
      "now", [], .type(.timestamp), "the time at which the run started",
      example: ("now()", "2026-01-31T10:00:00Z")
    ) { _, environment in .timestamp(environment.now) },
    FunctionDefinition(
      "today", [], .type(.timestamp), "the last midnight in UTC",
      example: ("today()", "2026-01-31T00:00:00Z")
    ) { _, environment in .timestamp(environment.now.midnight) },
    FunctionDefinition(
      "ago", [.type(.duration)], .type(.timestamp), "the time that long before `now()`",
      example: ("ago(1d12h)", "2026-01-29T22:00:00Z")
    ) { values, environment throws(FunctionError) in
      guard let value = Arithmetic.result(.minus, .timestamp(environment.now), values[0]) else {
        throw FunctionError(message: "the result is outside the years 0 to 9999")
      }
      return value
    },
    FunctionDefinition(
      "date", [.type(.timestamp)], .type(.timestamp), "midnight in UTC on the day of a timestamp",
      example: ("date(@2026-01-31T10:00:00+12:00)", "2026-01-30T00:00:00Z")
    ) { values, _ in
      if case .timestamp(let instant) = values[0] { .timestamp(instant.midnight) } else { .null }
    },
    FunctionDefinition(
      "lower", [.type(.string)], .type(.string), "the text in lower case",
      example: ("lower(\"Prod JIRA\")", "prod jira")
    ) { values, _ in values[0].string.map { .string($0.lowercased()) } ?? .null },
    FunctionDefinition(
      "upper", [.type(.string)], .type(.string), "the text in upper case",
      example: ("upper(\"Prod Jira\")", "PROD JIRA")
    ) { values, _ in values[0].string.map { .string($0.uppercased()) } ?? .null },
    FunctionDefinition(
      "trim", [.type(.string)], .type(.string), "the text without leading and trailing whitespace",
      example: ("trim(\"  jira \")", "jira")
    ) { values, _ in values[0].string.map { .string($0.trimmingWhitespace()) } ?? .null },
    FunctionDefinition(
      "length", [.anyOf([.string, .list(.unknown)])], .type(.int),
      "the number of Unicode scalars in a text, or of elements in a list; 0 for null",
      example: ("length(\"jira\")", "4")
    ) { values, _ in .int(Int64(values[0].length)) },
    FunctionDefinition(
      "replace", [.type(.string), .type(.string), .type(.string)], .type(.string),
      "the text with every occurrence of the second text replaced by the third",
      example: ("replace(\"Test JIRA\", \"Test\", \"Prod\")", "Prod JIRA")
    ) { values, _ throws(FunctionError) in
      guard let text = values[0].string, let old = values[1].string, let new = values[2].string
      else { return .null }
      guard text.size(replacing: old, with: new) <= ValueSize.limit else {
        throw FunctionError(message: ValueSize.longText)
      }
      return .string(text.replacingBytes(old, with: new))
    },
    FunctionDefinition(
      "int", [.type(.string)], .type(.int),
      "the whole number in a text, such as `-12`; any other text is an error",
      example: ("int(\"4515\") + 1", "4516")
    ) { values, _ throws(FunctionError) in try values[0].wholeNumber() },
    FunctionDefinition(
      "split", [.type(.string), .type(.string)], .type(.list(.string)),
      "the parts of a text between separators; an empty separator is an error",
      example: ("split(\"emea/prod/jira\", \"/\")", "emea;prod;jira")
    ) { values, _ throws(FunctionError) in
      guard let text = values[0].string, let separator = values[1].string else { return .null }
      guard !separator.isEmpty else { throw FunctionError(message: "the separator is empty") }
      guard ValueSize.element * text.ranges(between: separator).count <= ValueSize.limit else {
        throw FunctionError(message: ValueSize.largeList)
      }
      return .list(text.parts(between: separator).map(Value.string))
    },
    FunctionDefinition(
      "substring", [.type(.string), .type(.int), .type(.int)], .type(.string),
      "the part of a text from a position, counted from 0, with at most that length; both in "
        + "Unicode scalars",
      example: ("substring(\"Prod JIRA\", 5, 4)", "JIRA")
    ) { values, _ in
      guard let text = values[0].string, let start = values[1].int, let length = values[2].int
      else { return .null }
      return .string(text.part(from: start, length: length))
    },
    FunctionDefinition(
      "remove_prefix", [.type(.string), .type(.string)], .type(.string),
      "the text without the second text at its start, if it starts with it",
      example: ("remove_prefix(\"old JIRA\", \"old \")", "JIRA")
    ) { values, _ in
      guard let text = values[0].string, let prefix = values[1].string else { return .null }
      return .string(text.removingPrefix(prefix))
    },
    FunctionDefinition(
      "remove_suffix", [.type(.string), .type(.string)], .type(.string),
      "the text without the second text at its end, if it ends with it",
      example: ("remove_suffix(\"JIRA old\", \" old\")", "JIRA")
    ) { values, _ in
      guard let text = values[0].string, let suffix = values[1].string else { return .null }
      return .string(text.removingSuffix(suffix))
    },
    FunctionDefinition(
      "count", [.rows], .type(.int), "the number of rows, or of elements in a list; 0 for null",
      example: ("count([1, 2, 3])", "3")
    ) { values, _ in .int(values[0].int ?? Int64(values[0].length)) },
    FunctionDefinition(
      "empty", [.anything], .type(.bool), "true for null, an empty text or an empty list",
      example: ("empty(\"\")", "true")
    ) { values, _ in .bool(values[0].isNull || values[0].isEmptyText || values[0].isEmptyList) },
    FunctionDefinition(
      "min", [.ordered, .ordered], .first, "the smaller of two values; null if either is null",
      example: ("min(3, 2)", "2")
    ) { values, _ throws(FunctionError) in
      let order = try compare(values[0], values[1])
      return values[0].isNull || order == .ascending ? values[0] : values[1]
    },
    FunctionDefinition(
      "max", [.ordered, .ordered], .first, "the larger of two values; null if either is null",
      example: ("max(3, 2)", "3")
    ) { values, _ throws(FunctionError) in
      let order = try compare(values[0], values[1])
      return values[0].isNull || order == .descending ? values[0] : values[1]
    },
    FunctionDefinition(
      "env", [.type(.string)], .type(.string),
      "the value of an environment variable, as plain text",
      example: ("env(\"CONN_EXAMPLE\")", "example"), takesConstants: true
    ) { values, environment throws(FunctionError) in
      if let problem = values[0].string.flatMap(environment.withheld.problem(plain:)) {
        throw FunctionError(message: problem)
      }
      guard let name = values[0].string, let value = environment.process[name] else {
        let name = values[0].text
        let problem = environment.invalidVariables.contains(name) ? "not UTF-8" : "not set"
        throw FunctionError(message: "the environment variable `\(name)` is \(problem)")
      }
      return .string(value)
    },
    FunctionDefinition(
      "secret", [.type(.string)], .type(.secret),
      "a secret, named by where it is kept: \"env:NAME\", \"file:PATH\", \"cmd:ARGV\", \"prompt\"",
      example: ("secret(\"env:JIRA_TOKEN\")", "‹secret env:JIRA_TOKEN›"), takesConstants: true
    ) { values, environment throws(FunctionError) in
      guard let reference = SecretReference(values[0].text) else {
        throw FunctionError(
          message: values[0].text.hasPrefix("cmd:")
            ? "`cmd:` needs a command with closed quotes"
            : "use \"env:NAME\", \"file:PATH\", \"cmd:ARGV\" or \"prompt\"")
      }
      if let problem = environment.withheld.problem(secret: reference.variable) {
        throw FunctionError(message: problem)
      }
      return .secret(reference)
    },
  ]
}

extension Value {
  fileprivate var length: Int { string?.unicodeScalars.count ?? elements?.count ?? 0 }
  var isEmptyText: Bool { string?.isEmpty ?? false }
  var isEmptyList: Bool { elements?.isEmpty ?? false }
}

extension Timestamp {
  fileprivate var midnight: Timestamp {
    let day: Int64 = 86_400_000_000
    let rest = microseconds % day
    return Timestamp(microseconds: microseconds - (rest < 0 ? rest + day : rest))
  }
}
