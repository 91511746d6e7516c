import Language

/// Sorts rows by computed keys. Null comes last in either direction; ties keep their order.
enum Sorting {
  static func sorted(_ rows: Rows, by keys: [CheckedSortKey], _ evaluator: Evaluator)
    throws(RunError) -> [Row]
  {
    let functions = keys.map { evaluator.function($0.value) }
    let keyed = try rows.enumerated().mapping { index, row throws(RunError) in
      let values = try functions.mapping { function throws(RunError) in try function(row) }
      return (index: index, values: values)
    }
    for (key, sortKey) in keys.enumerated() {
      try requireOrder(keyed.map { $0.values[key] }, of: rows, at: sortKey.value.span)
    }
    let directions = keys.map(\.descending)
    return keyed.sorted { precedes($0, $1, directions) }.map { rows[$0.index] }
  }

  private typealias Keyed = (index: Int, values: [Value])

  private static func precedes(_ left: Keyed, _ right: Keyed, _ descending: [Bool]) -> Bool {
    for (key, isDescending) in descending.enumerated() {
      if let first = precedes(left.values[key], right.values[key], isDescending) { return first }
    }
    return left.index < right.index
  }

  /// Throws if a value has no order with the first that isn't null. All values of one kind have an
  /// order, so every two of them do.
  private static func requireOrder(_ values: [Value], of rows: Rows, at span: SourceSpan)
    throws(RunError)
  {
    guard let first = values.first(where: { !$0.isNull }) else { return }
    for (row, value) in zip(rows, values) {
      do { _ = try value.compare(first) } catch {
        throw RunError(error.message, in: row, at: span)
      }
    }
  }

  /// Returns whether `left` comes first; `nil` for a tie.
  private static func precedes(_ left: Value, _ right: Value, _ descending: Bool) -> Bool? {
    if left.isNull || right.isNull { return left.isNull == right.isNull ? nil : right.isNull }
    return switch left.order(right) {
    case .ascending: !descending
    case .descending: descending
    case .same, nil: nil
    }
  }
}
