import API
import JSON
import Language
import Text

/// The output formats for rows.
package enum ResultFormat: String, CaseIterable, Sendable {
  case table, json, jsonl, csv, ids, markdown
}

extension ResultFormat {
  /// Returns the rows as text, either empty or ending with a newline. With a style or width it is for a
  /// terminal.
  package func text(_ set: RowSet, style: TextStyle = .plain, width: Int? = nil) throws(RunError)
    -> String
  {
    switch self {
    case .json: return JSON.array(try set.objects()).indentedText + "\n"
    case .jsonl: return JSON.lines(try set.objects())
    case .ids: return try set.ids().map { "\($0)\n" }.joined()
    case .csv:
      let isShown = style == .colored || width != nil
      return try isShown ? CSVWriter.text(set.cells(), isShown: true) : CSVWriter.text(set)
    case .markdown: return MarkdownWriter.text(set.shownCells())
    case .table: return set.table(style: style, width: width)
    }
  }
}

extension RowSet {
  /// Returns the rows as a table, or as records if the table is too wide.
  fileprivate func table(style: TextStyle, width: Int?) -> String {
    let (writer, cells) = (TableWriter(style: style, width: width), shownCells())
    return writer.isTooWide(cells)
      ? RecordWriter(style: style, width: width).text(self) : writer.text(cells)
  }

  /// Returns each row as a JSON object: everything the API sent, and the columns that stages added.
  package func objects() throws(RunError) -> [JSON] {
    try rows.mapping { row throws(RunError) in .object(try object(row)) }
  }

  private func object(_ row: Row) throws(RunError) -> JSON.Object {
    guard row.isWhole, let connection = row.connection else {
      let values = try values(row)
      return JSON.Object(zip(schema.columns, values).map { ($0.name, $1.json) })
    }
    var object = connection.renamingProvider.object
    let added = schema.columns.dropFirst(Field.readable.count)
    object.set(zip(added, row.addedValues).map { ($0.name, $1.json) })
    return object
  }

  private func values(_ row: Row) throws(RunError) -> [Value] {
    try Array(schema.columns.indices).mapping { slot throws(RunError) in try value(row, slot) }
  }

  private func value(_ row: Row, _ slot: Int) throws(RunError) -> Value {
    do { return try row.value(slot) } catch { throw RunError(.network, error.message) }
  }

  /// Returns the ids of the rows. A row without one, such as a create that failed, is skipped.
  package func ids() throws(RunError) -> [Int64] {
    let slot = schema.slot(of: "id")
    guard slot != nil || schema.areConnections else {
      throw RunError(
        .usage, "these rows have no id", help: "choose another output format, such as csv")
    }
    return try rows.mapping { row throws(RunError) in
      if let connection = row.connection { return connection.id }
      return try slot.flatMap { slot throws(RunError) in try value(row, slot).int }
    }.compactMap { $0 }
  }

  /// Returns the name of the first member of a row whose value contains NUL.
  package func nameOfNUL(in row: Row) -> String? {
    guard let object = try? object(row) else { return nil }
    return object.members.first { member in
      (member.name + CSVCell.text(.json(member.value)).text).utf8.contains(0)
    }?.name
  }

  /// Returns every member of the objects as a column, in the order of the API.
  func cells() throws(RunError) -> Cells {
    let (header, objects) = try table()
    return Cells(
      header: header,
      rows: objects.map { object in
        let member = object.finder
        return header.map { .json(member($0) ?? .null) }
      })
  }

  /// Returns the objects of the rows, and the names of their members in the order of the API.
  func table() throws(RunError) -> (header: [String], objects: [JSON.Object]) {
    let objects = try rows.mapping { row throws(RunError) in try object(row) }
    let known = schema.columns.filter { column in
      ![.derived, .tagList].contains(Field.named(column.name)?.origin)
        || !rows.contains(where: \.isWhole)
    }.map(\.name)
    let present = Set(objects.differentNames.joined())
    let kept = known.filter { rows.isEmpty || present.contains($0) }
    let others = present.subtracting(known).sorted()
    return (kept + others, objects)
  }

  /// Returns the columns that a table shows; for whole connections, only the most important ones.
  func shownCells() -> Cells {
    let slots = schema.columns.indices.filter { slot in
      !isWhole || ColumnFit.byImportance.contains(schema.columns[slot].name)
        || slot >= Field.readable.count
    }
    let rows = rows.map { row in slots.map { shown(row, $0) } }
    return Cells(
      header: slots.map { schema.columns[$0].name }, rows: rows, areWholeConnections: isWhole
    ).withDates
  }

  /// Returns the value for display; one that can't be decoded is shown as received.
  package func shown(_ row: Row, _ slot: Int) -> Value {
    if let value = try? row.value(slot) { return value }
    return row.connection?.member(schema.columns[slot].name).map { .json($0) } ?? .null
  }

  private var isWhole: Bool {
    schema.areConnections && schema.columns.count >= Field.readable.count
      && schema.columns[0].name == "id" && schema.slot(of: "raw") != nil
  }
}
