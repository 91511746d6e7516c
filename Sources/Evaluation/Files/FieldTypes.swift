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
      let checks = types.map { $0.map(TypeCheck.init) }
      for row in range {
        let shape = rows.shape(of: row)
        for slot in checks[shape].indices
        where !checks[shape][slot].accepts(rows.place(slot, of: row), of: rows) {
          return (row, slot)
        }
      }
      return nil
    }
    return parts.lazy.compactMap(\.self).first
  }
}

/// Tells whether a value has a type, by its text as far as that can be seen there.
private struct TypeCheck {
  private enum Plain { case any, string, bool, int, timestamp, texts, none }

  private let type: ValueType
  private let plain: Plain

  init(_ type: ValueType) {
    self.type = type
    plain =
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

  func accepts(_ place: JSONPlace, of rows: JSONRows.Reader) -> Bool {
    plain == .any || isPlain(place, rows.kind(at: place), rows)
      || Value(rows.value(at: place), as: type) != nil
  }

  private func isPlain(_ place: JSONPlace, _ kind: JSONPlace.Kind, _ rows: JSONRows.Reader) -> Bool
  {
    switch (plain, kind) {
    case (_, .null), (.string, .string), (.string, .number), (.bool, .bool): true
    case (.int, .number): rows.integer(at: place) != nil
    case (.timestamp, .string): rows.withText(at: place, Timestamp.isISO8601) ?? false
    case (.texts, .array): rows.contains(at: place) { _ in false } == false
    default: false
    }
  }
}
