import Language

/// Groups rows by the values of their keys.
enum Groups {
  /// Returns one row per group, in the order in which the groups first appear.
  static func summarized(_ rows: Rows, by grouping: CheckedGrouping, _ evaluator: Evaluator)
    throws(RunError) -> [Row]
  {
    try groups(rows, by: grouping, evaluator).mapping { group throws(RunError) in
      let aggregates = try grouping.orCount.mapping { aggregate throws(RunError) in
        try value(of: aggregate, in: group.rows, evaluator)
      }
      return Row(values: group.key + aggregates)
    }
  }

  /// Returns the first row of each group.
  static func first(_ rows: Rows, by grouping: CheckedGrouping, _ evaluator: Evaluator)
    throws(RunError) -> [Row]
  {
    try groups(rows, by: grouping, evaluator).compactMap(\.rows.first)
  }

  private struct Group {
    let key: [Value]
    var rows: [Row]
  }

  private static func groups(
    _ rows: Rows, by grouping: CheckedGrouping, _ evaluator: Evaluator
  ) throws(RunError) -> [Group] {
    var groups: [Group] = []
    var indices: [[UInt8]: Int] = [:]
    let functions = grouping.keys.map { evaluator.function($0.value) }
    for row in rows {
      let key = try functions.mapping { function throws(RunError) in try function(row) }
      let bytes = Array(key.flatMap(\.keyBytes))
      if let index = indices[bytes] {
        groups[index].rows.append(row)
      } else {
        indices[bytes] = groups.count
        groups.append(Group(key: key, rows: [row]))
      }
    }
    return groups
  }

  private static func value(
    of aggregate: CheckedAggregate, in rows: [Row], _ evaluator: Evaluator
  ) throws(RunError) -> Value {
    guard let expression = aggregate.value else { return .int(Int64(rows.count)) }
    let wanted: Value.Order = aggregate.kind == .min ? .ascending : .descending
    let function = evaluator.function(expression)
    var best = Value.null
    for row in rows {
      let value = try function(row)
      let order: Value.Order?
      do { order = try value.compare(best) } catch {
        throw RunError(error.message, in: row, at: expression.span)
      }
      if best.isNull || order == wanted { best = value }
    }
    return best
  }
}

extension CheckedGrouping {
  /// The aggregates of the grouping; `count()` if it names none.
  var orCount: [CheckedAggregate] {
    aggregates.isEmpty ? [CheckedAggregate(kind: .count, name: "count", value: nil)] : aggregates
  }
}
