extension StageDefinition {
  /// The syntax of the stage, for a person.
  package var syntax: String {
    switch shape {
    case .none: name
    case .predicate: "\(name) predicate"
    case .count: "\(name) n"
    case .columns: "\(name) field, field as name, name = expression, …"
    case .sortKeys: "\(name) by expression [desc], …"
    case .grouping(hasAggregates: false): "\(name) by field, …"
    case .grouping(hasAggregates: true):
      "\(name) by field, … [with count(), min(expression) as name, max(expression) as name]"
    case .assignments: "\(name) field = expression, … (\(Self.fields(.update)))"
    case .creation:
      "\(name) [unless exists | always] field = expression, … (\(Self.fields(.create)))"
    case .flags(let flags): ([name] + flags.map { "[\($0)]" }).joined(separator: " ")
    case .file: "\(name) [replace] \"file.json\" (or .jsonl, .csv)"
    case .tags: "\(name) \"title or handle\", …"
    case .format(let formats): "\(name) [as \(formats.joined(separator: "|"))]"
    case .expectation: "\(name) count <= n | all predicate | none predicate [, \"message\"]"
    case .rows: "\(name) $rows | it | from \"file\""
    case .key(let fields): "\(name) by \(fields.joined(separator: "|"))"
    }
  }

  private static func fields(_ action: FieldWriter) -> String {
    Field.table.filter { $0.writtenBy.contains(action) }.map(\.bodyName).joined(separator: ", ")
  }

  /// `true` iff the stage's name is followed by `by`.
  package var takesBy: Bool {
    switch shape {
    case .sortKeys, .grouping, .key: true
    default: false
    }
  }
}

extension FunctionSignature {
  /// The syntax of a call and the type of its result.
  package var syntax: String {
    "\(name)(\(parameters.map(\.syntax).joined(separator: ", "))) → \(result.syntax)"
  }
}

extension FunctionSignature.Parameter {
  fileprivate var syntax: String {
    switch self {
    case .type(let type): "\(type)"
    case .anyOf(let types):
      types.map { $0 == .list(.unknown) ? "list" : "\($0)" }.joined(separator: " or ")
    case .anything: "value"
    case .ordered: "ordered"
    case .rows: "rows or list"
    }
  }
}

extension FunctionSignature.Result {
  fileprivate var syntax: String {
    switch self {
    case .type(let type): "\(type)"
    case .first: "the same type"
    }
  }
}
