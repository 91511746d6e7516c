import Language

/// Why rows are among those of a pipeline: the conditions that they satisfied, and the fields that
/// these read.
struct SelectionReason: Sendable {
  private(set) var conditions: [SourceSpan] = []
  /// Fields of a connection; `raw.x` for a member of the answer.
  private(set) var fields: Set<String> = []
  /// The fields that each column is made of; `nil` while the columns are the fields.
  private var columns: [String: Set<String>]?

  /// Takes a further stage in.
  mutating func take(_ stage: CheckedStage) {
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

  /// Takes in why the rows were given that are now used.
  mutating func take(_ other: SelectionReason) {
    conditions += other.conditions.filter { !conditions.contains($0) }
    fields.formUnion(other.fields)
  }

  private func fields(readBy expression: CheckedExpression) -> Set<String> {
    expression.placesRead.reduce(into: []) { $0.formUnion(fields(of: $1)) }
  }

  /// What a place is made of; what an action made of a row is no field.
  private func fields(of place: String) -> Set<String> {
    let column = String(place.prefix { $0 != "." })
    guard let columns else {
      return Field.named(column)?.origin == .requestOnly || Field.named(column) == nil
        ? [] : [place]
    }
    let made = columns[column] ?? []
    return made == [column] ? [place] : made
  }
}

extension CheckedExpression {
  /// The columns that the expression reads; `raw.x` where it reads one member of `raw` alone.
  fileprivate var placesRead: Set<String> {
    switch kind {
    case .field(_, let name): return [name]
    case .member(let value, let name):
      if case .field(_, "raw") = value.kind { return ["raw.\(name)"] }
    default: break
    }
    return operands.reduce(into: []) { $0.formUnion($1.placesRead) }
  }
}
