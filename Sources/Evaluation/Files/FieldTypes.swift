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
    let rows = records.rows
    let types = rows.names.map { $0.map { Self.field($0)?.type ?? .json } }
    let kinds = types.map { $0.map { $0 == .json ? .all : JSONPlace.Kinds($0.plainKinds) } }
    return rows.first(except: kinds) { shape, slot, place in rows.fits(place, types[shape][slot]) }
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
