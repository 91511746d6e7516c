import Language

/// The reason why a pipeline selected its rows: the conditions they satisfied, and the fields that
/// these conditions read.
package struct SelectionReason: Sendable {
  private(set) var conditions: [SourceSpan] = []
  /// The fields of a connection; `raw.x` for a member of the API's answer.
  private(set) var fields: Set<String> = []
  /// The fields that each column is computed from; `nil` while the columns are the fields.
  private var columns: [String: Set<String>]?

  package init() {}

  /// Adds a further stage.
  mutating func add(_ stage: CheckedStage) {
    switch stage.arguments {
    case .predicate(let predicate):
      conditions.append(predicate.span)
      fields.formUnion(fields(readBy: predicate))
    case .columns(let chosen):
      columns = Dictionary(
        chosen.map { ($0.name, fields(readBy: $0.value)) }, uniquingKeysWith: { $1 })
    default: break
    }
  }

  /// Adds the reason why the rows used here were selected before.
  mutating func add(_ other: SelectionReason) {
    conditions += other.conditions.filter { !conditions.contains($0) }
    fields.formUnion(other.fields)
  }

  private func fields(readBy expression: CheckedExpression) -> Set<String> {
    expression.pathsRead.reduce(into: []) { $0.formUnion(fields(of: $1)) }
  }

  /// Returns the fields behind a column or `raw.x`; nothing for a column that an action added.
  private func fields(of path: String) -> Set<String> {
    let column = String(path.prefix { $0 != "." })
    // Titles may change while the tags stay, so what is recorded and compared are the handles.
    let path = path == "tag_titles" ? "tags" : path
    guard let columns else {
      return Field.named(column)?.origin == .requestOnly || Field.named(column) == nil
        ? [] : [path]
    }
    let made = columns[column] ?? []
    return made == [column] ? [path] : made
  }
}

extension CheckedExpression {
  /// The columns that the expression reads; `raw.x` if it reads only that member of `raw`.
  fileprivate var pathsRead: Set<String> {
    switch kind {
    case .field(_, let name): return [name]
    case .member(let value, let name):
      if case .field(_, "raw") = value.kind { return ["raw.\(name)"] }
    default: break
    }
    return operands.reduce(into: []) { $0.formUnion($1.pathsRead) }
  }
}
