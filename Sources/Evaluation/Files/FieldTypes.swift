import JSON
import Language

/// Checks that the members of records which have the name of a field, other than `id`, have the
/// field's type.
struct FieldTypes {
  private let records: FileRecords

  init(_ records: FileRecords) { self.records = records }

  /// Throws with the place of the first value that doesn't fit.
  func require() throws(DiskError) {
    guard let misfit else { return }
    let member = records.rows[misfit.row].members[misfit.slot]
    let type = Self.field(member.name)?.type ?? .unknown
    throw DiskError(
      "\(records.place(misfit.row)): `\(member.name)` is \(member.value.text), which is not of "
        + "type \(type)")
  }

  private static func field(_ name: String) -> Field? {
    guard let field = Field.named(name), field.origin == .answer, field.name != "id" else {
      return nil
    }
    return field
  }

  private var misfit: (row: Int, slot: Int)? {
    let types = records.rows.names.map { $0.map { Self.field($0)?.type ?? .json } }
    let parts = records.rows.inParts { rows, range -> (row: Int, slot: Int)? in
      let checks = types.map { $0.map(TextCheck.init) }
      for row in range {
        let shape = rows.shape(of: row)
        for (slot, check) in checks[shape].enumerated() {
          let place = rows.place(slot, of: row)
          if check.accepts(place, of: rows) { continue }
          if Value(rows.value(at: place), as: types[shape][slot]) == nil { return (row, slot) }
        }
      }
      return nil
    }
    return parts.lazy.compactMap(\.self).first
  }
}

/// Tells whether a value has a type, as far as its text shows that without being decoded.
private enum TextCheck {
  case any, string, bool, int, timestamp, texts, none

  init(_ type: ValueType) {
    self =
      switch type {
      case .json: .any
      case .string: .string
      case .bool: .bool
      case .int: .int
      case .timestamp: .timestamp
      case .list(.string): .texts
      default: .none
      }
  }

  /// Returns `false` if the text doesn't show it.
  func accepts(_ place: JSONPlace, of rows: JSONRows.Reader) -> Bool {
    switch (self, rows.kind(at: place)) {
    case (.any, _), (_, .null), (.string, .string), (.string, .number), (.bool, .bool): true
    case (.int, .number): rows.integer(at: place) != nil
    case (.int, .string): rows.digits(at: place) != nil
    case (.timestamp, .string): rows.withText(at: place, Timestamp.isISO8601) ?? false
    case (.texts, .array): rows.contains(at: place) { _ in false } == false
    default: false
    }
  }
}
