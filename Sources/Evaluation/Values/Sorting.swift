import Language

/// Sorts rows by computed keys. Null comes last in either direction; ties keep their order.
enum Sorting {
  static func sorted(_ rows: [Row], by keys: [CheckedSortKey], _ evaluator: Evaluator)
    throws(RunError) -> [Row]
  {
    let keyed = try rows.enumerated().map { $0 }.mapping { entry throws(RunError) in
      let values = try keys.mapping { key throws(RunError) in
        try evaluator.value(key.value, entry.element)
      }
      return (index: entry.offset, values: values)
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

  /// Returns whether `left` comes first; `nil` for a tie.
  private static func precedes(_ left: Value, _ right: Value, _ descending: Bool) -> Bool? {
    if left.isNull || right.isNull { return left.isNull == right.isNull ? nil : right.isNull }
    return switch left.compare(right) {
    case .ascending: !descending
    case .descending: descending
    case .same, nil: nil
    }
  }
}
