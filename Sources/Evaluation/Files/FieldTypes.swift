import JSON
import Language

/// Checks that the members of records which have the name of a field, other than `id`, have the
/// field's type.
struct FieldTypes {
  private let records: FileRecords

  init(_ records: FileRecords) { self.records = records }

  private typealias Misfit = (record: Int, slot: Int)

  /// Throws with the place of the first value that doesn't fit.
  func require() throws(DiskError) {
    guard let misfit = first(in: records.rows) else { return }
    let member = records.rows[misfit.record].members[misfit.slot]
    let type = Self.field(member.name)?.type ?? .unknown
    throw DiskError(
      "\(records.place(misfit.record)): `\(member.name)` is \(member.value.text), which is not of "
        + "type \(type)")
  }

  private static func field(_ name: String) -> Field? {
    guard let field = Field.named(name), field.origin == .answer, field.name != "id" else {
      return nil
    }
    return field
  }

  /// Looks at one member of many rows after the other. They are few enough to stay in the cache.
  private func first(in rows: JSONRows) -> Misfit? {
    let columns = Self.columns(of: rows)
    let blocks = stride(from: 0, to: rows.count, by: 256).lazy.map {
      $0..<min($0 + 256, rows.count)
    }
    return blocks.compactMap { block in
      columns.compactMap { column in
        rows.firstRow(
          in: block, of: column.shape, column.slot, except: column.kinds
        ) { rows.fits($0, column.type) }.map { ($0, column.slot) }
      }.min { $0 < $1 }
    }.first
  }

  private typealias Column = (shape: Int, slot: Int, type: ValueType, kinds: JSONPlace.Kinds)

  private static func columns(of rows: JSONRows) -> [Column] {
    rows.names.enumerated().flatMap { shape, names in
      names.enumerated().compactMap { slot, name in
        field(name).map { (shape, slot, $0.type, JSONPlace.Kinds($0.type.plainKinds)) }
      }
    }
  }
}

extension ValueType {
  /// The kinds of JSON of which each value has this type.
  fileprivate var plainKinds: Set<JSONPlace.Kind> {
    switch self {
    case .string: [.null, .string, .number]
    case .bool: [.null, .bool]
    default: [.null]
    }
  }
}

extension JSONRows {
  fileprivate func fits(_ place: JSONPlace, _ type: ValueType) -> Bool {
    switch (type, kind(at: place)) {
    case (.timestamp, .string): withText(at: place, Timestamp.isISO8601) ?? false
    case (.list(.string), .array) where contains(at: place, { _ in false }) == false: true
    default: Value(value(at: place), as: type) != nil
    }
  }
}
