import Language

/// Sorts rows by computed keys. Null comes last in either direction; ties keep their order.
enum Sorting {
  static func sorted(_ rows: Rows, by keys: [CheckedSortKey], _ evaluator: Evaluator)
    throws(RunError) -> [Row]
  {
    let columns = try keys.mapping { key throws(RunError) in
      let function = evaluator.function(key.value)
      let values = try rows.mapping { row throws(RunError) in try function(row) }
      try requireOrder(values, of: rows, at: key.value.span)
      return Column(values: values.map(SortKey.init), isDescending: key.descending)
    }
    return rows.indices.sorted { precedes($0, $1, columns) }.map { rows[$0] }
  }

  private typealias Column = (values: [SortKey], isDescending: Bool)

  private static func precedes(_ left: Int, _ right: Int, _ columns: [Column]) -> Bool {
    for column in columns {
      let (key, other) = (column.values[left], column.values[right])
      if let first = key.precedes(other, column.isDescending) { return first }
    }
    return left < right
  }

  /// Throws if a value has no order with the first that isn't null. All values of one kind have an
  /// order, so every two of them do.
  private static func requireOrder(_ values: [Value], of rows: Rows, at span: SourceSpan)
    throws(RunError)
  {
    guard let first = values.first(where: { !$0.isNull }) else { return }
    for (index, value) in values.enumerated() {
      do { _ = try value.compare(first) } catch {
        throw RunError(error.message, in: rows[index], at: span)
      }
    }
  }
}

/// A sort key. Integers, timestamps and durations are compared as plain integers.
private enum SortKey {
  case null
  case number(Int64)
  case value(Value)

  init(_ value: Value) {
    switch value.unwrapped {
    case .null: self = .null
    case .int(let number): self = .number(number)
    case .timestamp(let instant): self = .number(instant.microseconds)
    case .duration(let span): self = .number(span.microseconds)
    case let other: self = .value(other)
    }
  }

  /// Returns whether the key comes before the other; `nil` for a tie.
  func precedes(_ other: SortKey, _ isDescending: Bool) -> Bool? {
    switch (self, other) {
    case (.null, .null): nil
    case (.null, _): false
    case (_, .null): true
    case (.number(let left), .number(let right)):
      left == right ? nil : (left < right) != isDescending
    default: value.precedes(other.value, isDescending)
    }
  }

  private var value: Value {
    switch self {
    case .null: .null
    case .number(let number): .int(number)
    case .value(let value): value
    }
  }
}

extension Value {
  fileprivate func precedes(_ other: Value, _ isDescending: Bool) -> Bool? {
    switch order(other) {
    case .ascending: !isDescending
    case .descending: isDescending
    case .same, nil: nil
    }
  }
}
