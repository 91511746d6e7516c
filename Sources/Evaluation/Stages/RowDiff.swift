import Language

/// Computes the differences between two sets of rows, matched by id.
package enum RowDiff {
  /// Returns the differences between two sets of rows of the workspace.
  package static func between(_ rows: RowSet, and other: RowSet) throws(RunError) -> RowSet {
    RowSet(schema, try between(rows, and: other, isCSV: false, at: SourceSpan(0, 0)))
  }

  /// The columns of the result: one row per added or removed row, and one per changed field.
  static let schema = Schema(
    [
      Schema.Column("id", .json), Schema.Column("name", .json, nullable: true),
      Schema.Column("change", .string), Schema.Column("field", .string, nullable: true),
      Schema.Column("before", .json, nullable: true), Schema.Column("after", .json, nullable: true),
    ], areConnections: false)

  /// The fields that are made from others, and aren't compared.
  static let derived: Set = ["raw", "connected", "tag_titles"]

  /// Returns the differences in the order of `rows`, followed by the removed rows. Throws if an id
  /// appears twice on one side, or if one side has none. `source` is where `other` comes from, `span`
  /// the stage.
  package static func between(
    _ rows: RowSet, and other: RowSet, of source: CheckedSource, at span: SourceSpan
  ) throws(RunError) -> [Row] {
    try between(rows, and: other, isCSV: source.isCSV, at: span)
  }

  private static func between(
    _ rows: RowSet, and other: RowSet, isCSV: Bool, at span: SourceSpan
  ) throws(RunError) -> [Row] {
    let comparison = try Comparing(rows.schema, other.schema, isCSV: isCSV, span)
    let before = try comparison.byID(other, comparison.otherID)
    var after: Set<[UInt8]> = []
    var differences: [Row] = []
    for row in rows.rows {
      let key = try comparison.key(row, comparison.ownID)
      guard after.insert(key).inserted else { throw comparison.duplicate(row, comparison.ownID) }
      differences += comparison.changes(of: row, since: before[key])
    }
    for row in other.rows where !after.contains(try comparison.key(row, comparison.otherID)) {
      differences.append(comparison.row(row, in: other.schema, "removed"))
    }
    return differences
  }
}

/// The columns that two sets of rows share, with their positions in each set.
private struct Comparing {
  let own: Schema
  let other: Schema
  let span: SourceSpan
  let ownID: Int
  let otherID: Int
  private let shared: [(name: String, own: Int, other: Int)]
  /// `true` iff the other rows are from a CSV file, which can't distinguish null from empty text.
  private let isCSV: Bool

  init(_ own: Schema, _ other: Schema, isCSV: Bool, _ span: SourceSpan)
    throws(RunError)
  {
    guard let ownID = own.slot(of: "id"), let otherID = other.slot(of: "id") else {
      throw RunError(.usage, "rows without an id can't be compared", at: span)
    }
    self.own = own
    self.other = other
    self.span = span
    self.ownID = ownID
    self.otherID = otherID
    self.isCSV = isCSV
    let slots = other.slotsByName
    shared = own.columns.indices.compactMap { slot in
      let name = own.columns[slot].name
      guard !RowDiff.derived.contains(name),
        let otherSlot = slots[Array(name.utf8)]
          ?? (Field.named(name).flatMap { other.slot(of: $0.name) })
      else { return nil }
      return (name, slot, otherSlot)
    }
  }

  func key(_ row: Row, _ slot: Int) throws(RunError) -> [UInt8] {
    do {
      let value = try row.value(slot)
      return Array((value.number?.canonical ?? value.text).utf8)
    } catch {
      throw RunError(.usage, error.message, at: span)
    }
  }

  func byID(_ set: RowSet, _ slot: Int) throws(RunError) -> [[UInt8]: Row] {
    var rows: [[UInt8]: Row] = [:]
    for row in set.rows {
      guard rows.updateValue(row, forKey: try key(row, slot)) == nil else {
        throw duplicate(row, slot)
      }
    }
    return rows
  }

  func duplicate(_ row: Row, _ slot: Int) -> RunError {
    let id = (try? row.value(slot).text) ?? "?"
    return RunError(.usage, "the id \(id) appears in two rows, so they can't be compared", at: span)
  }

  /// Returns one row per changed field. A field that one side has not loaded is not compared.
  func changes(of row: Row, since before: Row?) -> [Row] {
    guard let before else { return [self.row(row, in: own, "added")] }
    return shared.compactMap { column in
      guard let old = try? before.value(column.other), let new = try? row.value(column.own),
        old != new, !areBothEmpty(old, new)
      else { return nil }
      return self.row(row, in: own, "changed", column.name, old, new)
    }
  }

  /// Returns `true` iff both values are empty: null, an empty list or, for CSV, empty text.
  private func areBothEmpty(_ old: Value, _ new: Value) -> Bool {
    [old, new].allSatisfy { $0.isNull || $0.isEmptyList || isCSV && $0.isEmptyText }
  }

  func row(
    _ row: Row, in schema: Schema, _ change: String, _ field: String? = nil,
    _ before: Value = .null,
    _ after: Value = .null
  ) -> Row {
    let identity = ["id", "name"].map { name in
      schema.slot(of: name).flatMap { try? row.value($0) } ?? .null
    }
    return Row(
      values: identity + [.string(change), field.map(Value.string) ?? .null, before, after])
  }
}

extension CheckedSource {
  fileprivate var isCSV: Bool {
    if case .file(let file) = kind { file.kind == .csv } else { false }
  }
}
