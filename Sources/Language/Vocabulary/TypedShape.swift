/// A shape of arguments, with the type of the value that the checker makes of such arguments.
package struct TypedShape<Value: Sendable>: Sendable {
  let shape: ArgumentShape
  /// Returns the value of arguments of this shape, and `nil` for others.
  let value: @Sendable (CheckedStage.Arguments) -> Value?

  private init(
    _ shape: ArgumentShape, _ value: @escaping @Sendable (CheckedStage.Arguments) -> Value?
  ) {
    self.shape = shape
    self.value = value
  }
}

extension TypedShape<Void> {
  package static let none = TypedShape(.none) { if case .none = $0 { () } else { nil } }
}

extension TypedShape<CheckedExpression> {
  package static let predicate = TypedShape(.predicate) {
    if case .predicate(let predicate) = $0 { predicate } else { nil }
  }
  package static let count = TypedShape(.count) {
    if case .count(let count) = $0 { count } else { nil }
  }
  package static func key(_ fields: [String]) -> TypedShape {
    TypedShape(.key(fields)) { if case .key(let key) = $0 { key } else { nil } }
  }
}

extension TypedShape<CheckedOutputFile> {
  package static let file = TypedShape(.file) {
    if case .file(let file) = $0 { file } else { nil }
  }
}

extension TypedShape<[CheckedExpression]> {
  package static let tags = TypedShape(.tags) {
    if case .tags(let tags) = $0 { tags } else { nil }
  }
}

extension TypedShape<[CheckedColumn]> {
  package static let columns = TypedShape(.columns) {
    if case .columns(let columns) = $0 { columns } else { nil }
  }
}

extension TypedShape<[CheckedSortKey]> {
  package static let sortKeys = TypedShape(.sortKeys) {
    if case .sortKeys(let keys) = $0 { keys } else { nil }
  }
}

extension TypedShape<CheckedGrouping> {
  package static func grouping(hasAggregates: Bool) -> TypedShape {
    TypedShape(.grouping(hasAggregates: hasAggregates)) {
      if case .grouping(let grouping) = $0 { grouping } else { nil }
    }
  }
}

extension TypedShape<[CheckedAssignment]> {
  package static let assignments = TypedShape(.assignments) {
    if case .assignments(let assignments) = $0 { assignments } else { nil }
  }
}

extension TypedShape<CheckedCreation> {
  package static let creation = TypedShape(.creation) {
    if case .creation(let creation) = $0 { creation } else { nil }
  }
}

extension TypedShape<Set<String>> {
  package static func flags(_ names: [String]) -> TypedShape {
    TypedShape(.flags(names)) { if case .flags(let flags) = $0 { flags } else { nil } }
  }
}

extension TypedShape<String?> {
  package static func format(_ names: [String]) -> TypedShape {
    TypedShape(.format(names)) { if case .format(let name) = $0 { .some(name) } else { nil } }
  }
}

extension TypedShape<CheckedExpectation> {
  package static let expectation = TypedShape(.expectation) {
    if case .expectation(let expectation) = $0 { expectation } else { nil }
  }
}

extension TypedShape<CheckedSource> {
  package static let rows = TypedShape(.rows) {
    if case .rows(let source) = $0 { source } else { nil }
  }
}
