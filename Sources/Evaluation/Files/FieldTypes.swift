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
    let rows = records.objects.first?.row?.rows
    guard let misfit = rows.map(first) ?? firstOfRecords else { return }
    let member = records.objects[misfit.record].members[misfit.slot]
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

  private var firstOfRecords: Misfit? {
    for (record, object) in records.objects.enumerated() {
      let slot = object.members.firstIndex { member in
        Self.field(member.name).map { Value(member.value, as: $0.type) == nil } ?? false
      }
      if let slot { return (record, slot) }
    }
    return nil
  }

  /// Looks at one member of all rows after the other.
  private func first(in rows: JSONRows) -> Misfit? {
    rows.names.enumerated().flatMap { shape, names in
      names.enumerated().compactMap { slot, name in
        Self.field(name).flatMap { field in
          rows.firstRow(of: shape, slot, except: field.type.plainKinds) { $0.fits(field.type) }
        }.map { ($0, slot) }
      }
    }.min { $0 < $1 }
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

extension JSONPlace {
  fileprivate func fits(_ type: ValueType) -> Bool {
    switch (type, kind) {
    case (.timestamp, .string): withText(Timestamp.isISO8601) ?? false
    case (.list(.string), .array) where contains({ _ in false }) == false: true
    default: Value(value, as: type) != nil
    }
  }
}
