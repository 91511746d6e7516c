import JSON
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
    let before = try comparison.identified(other, comparison.otherID)
    let after = try comparison.identified(rows, comparison.ownID)
    let differences = zip(after.ids, rows.rows).flatMap { id, row in
      comparison.changes(of: row, since: before.places[id].map { other.rows[$0] })
    }
    let removed = before.ids.indices.filter { after.places[before.ids[$0]] == nil }
    return differences + removed.map { comparison.row(other.rows[$0], in: other.schema, "removed") }
  }
}

/// The columns that two sets of rows share, with their positions in each set.
private struct Comparing {
  let own: Schema
  let other: Schema
  let span: SourceSpan
  let ownID: Int
  let otherID: Int
  private let shared: [Column]
  /// The shared columns that aren't fields of connections.
  private let added: [Column]
  /// `true` iff the other rows are from a CSV file, which can't distinguish null from empty text.
  private let isCSV: Bool

  private struct Column {
    let name: String
    let own: Int
    let other: Int

    /// `true` iff the column is a field of each row that is a whole connection.
    var isField: Bool { max(own, other) < Field.readable.count }
  }

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
      return Column(name: name, own: slot, other: otherSlot)
    }
    added = shared.filter { !$0.isField }
  }

  /// Returns the ids of the rows. Throws if one appears twice.
  func identified(_ set: RowSet, _ slot: Int) throws(RunError) -> (
    ids: [RowID], places: [RowID: Int]
  ) {
    let ids = try set.rows.mapping { row throws(RunError) in try id(of: row, slot) }
    var places: [RowID: Int] = [:]
    places.reserveCapacity(ids.count)
    for (index, id) in ids.enumerated() {
      guard places.updateValue(index, forKey: id) == nil else {
        throw duplicate(set.rows[index], slot)
      }
    }
    return (ids, places)
  }

  private func id(of row: Row, _ slot: Int) throws(RunError) -> RowID {
    do { return RowID(try row.value(slot)) } catch {
      throw RunError(.usage, error.message, at: span)
    }
  }

  private func duplicate(_ row: Row, _ slot: Int) -> RunError {
    let id = (try? row.value(slot).text) ?? "?"
    return RunError(.usage, "the id \(id) appears in two rows, so they can't be compared", at: span)
  }

  /// Returns one row per changed field. A field that one side has not loaded is not compared.
  func changes(of row: Row, since before: Row?) -> [Row] {
    guard let before else { return [self.row(row, in: own, "added")] }
    let columns = row.hasSameText(as: before) ? added : shared
    return columns.compactMap { column in
      guard !column.isField || !row.hasSameText(as: before, of: column.name),
        let old = try? before.value(column.other), let new = try? row.value(column.own),
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

/// The id of a row. Ids that are written differently, such as 7 and "7", are the same.
private enum RowID: Hashable {
  case number(Int64)
  case text([UInt8])

  init(_ value: Value) {
    if let number = value.int {
      self = .number(number)
      return
    }
    let text = value.number?.canonical ?? value.text
    if let number = Int64(text), String(number) == text {
      self = .number(number)
    } else {
      self = .text(Array(text.utf8))
    }
  }
}

extension Row {
  /// `true` iff the fields of both rows were read from the same text.
  fileprivate func hasSameText(as other: Row) -> Bool {
    guard let text, let other = other.text else { return false }
    return text.rows.hasSameText(text.index, as: other.rows, other.index)
  }

  /// `true` iff a field of both rows was read from the same text.
  fileprivate func hasSameText(as other: Row, of name: String) -> Bool {
    guard let text, let other = other.text,
      let place = text.rows.place(of: name, in: text.index),
      let otherPlace = other.rows.place(of: name, in: other.index)
    else { return false }
    return text.rows.hasSameText(at: place, as: other.rows, at: otherPlace)
  }
}

extension CheckedSource {
  fileprivate var isCSV: Bool {
    if case .file(let file) = kind { file.kind == .csv } else { false }
  }
}
