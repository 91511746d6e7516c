import JSON
import Language
import Text

/// A CSV file as records: its header names the members, and blank rows are left out.
///
/// The fields are written as the JSON that they mean, which is decoded only on access.
struct CSVTable {
  let records: FileRecords
  private(set) var notes: [FileNote] = []
  let header: [String]

  init(_ bytes: [UInt8], _ file: DataFile) throws(DiskError) {
    let path = file.name
    let separator = try CSVSeparator(of: bytes, path)
    var reader = CSVReader(
      bytes, path, separator: separator.byte, offset: separator.offset, line: separator.line)
    var fields: [CSVReader.Field] = []
    guard let first = try reader.next(&fields) else { throw DiskError("`\(path)` has no header") }
    let header = try CSVHeader(fields, of: reader, line: first, path)
    var rows = JSONRowsBuilder(header.names)
    var (lines, blanks): ([Int], Int) = ([], 0)
    while let line = try reader.next(&fields) {
      if fields.allSatisfy(\.isNull) {
        blanks += 1
      } else {
        try header.requireCount(of: fields, line: line, path)
        header.append(fields, of: reader, to: &rows)
        lines.append(line)
      }
    }
    do { records = FileRecords(try rows.rows(), lines: lines, file) } catch {
      throw DiskError("`\(path)` is too large: \(error.message)")
    }
    self.header = header.names
    notes = header.notes
    if blanks > 0 { notes.append(FileNote("\(blanks.counted("blank row")) skipped")) }
    if separator.byte != CSVSeparator.comma {
      notes.append(
        FileNote("fields are separated by \(CSVSeparator.name(separator.byte))", isDetail: true))
    }
  }
}

/// The names of the columns of a CSV file.
private struct CSVHeader {
  private let columns: [(name: String, isList: Bool)]
  private(set) var notes: [FileNote] = []

  var names: [String] { columns.map(\.name) }

  /// Throws for a column without a name, and for a name that occurs twice, whatever its case.
  init(
    _ fields: [CSVReader.Field], of reader: CSVReader, line: Int, _ path: String
  ) throws(DiskError) {
    var seen: Set<String> = []
    var columns: [(name: String, isList: Bool)] = []
    for (index, field) in fields.enumerated() {
      let text = reader.text(of: field)
      let column = Self.column(text, isQuoted: field.isQuoted)
      guard !column.name.isEmpty else {
        throw DiskError("`\(path)`:\(line): column \(index + 1) has no name")
      }
      let key = Field.named(column.name)?.name ?? column.name.lowercased()
      guard seen.insert(key).inserted else {
        throw DiskError("`\(path)`:\(line): the column `\(column.name)` occurs twice")
      }
      if !column.name.hasSameBytes(as: text), Field.named(column.name) != nil {
        notes.append(FileNote("the column `\(text)` is read as `\(column.name)`"))
      }
      columns.append(column)
    }
    self.columns = columns
  }

  /// A field of connections is found by its name or alias, in any case and with blanks around it.
  private static func column(_ text: String, isQuoted: Bool) -> (name: String, isList: Bool) {
    let name = (CSVCell.value(text, isQuoted: isQuoted, isList: false).string ?? "")
      .trimmingBlanks()
    let known = Field.named(name) ?? Field.named(name.lowercased())
    let isList = if case .list = known?.type { true } else { false }
    return (known == nil || known?.name == name ? name : name.lowercased(), isList)
  }

  func requireCount(of fields: [CSVReader.Field], line: Int, _ path: String) throws(DiskError) {
    guard fields.count != columns.count else { return }
    throw DiskError(
      "`\(path)`:\(line): \(fields.count.counted("field")), but the header has \(columns.count)")
  }

  /// Appends the values of a record.
  func append(
    _ fields: [CSVReader.Field], of reader: CSVReader, to rows: inout JSONRowsBuilder
  ) {
    for (column, field) in zip(columns, fields) {
      let bytes = reader.bytes(of: field)
      if field.isNull {
        rows.append(.null)
      } else if field.hasQuotes || bytes.first == UInt8(ascii: "'")
        || column.isList && bytes.first == UInt8(ascii: "[")
      {
        rows.append(
          CSVCell.value(
            reader.text(of: field), isQuoted: field.isQuoted, isList: column.isList))
      } else if column.isList {
        rows.append(list: bytes.span, separator: UInt8(ascii: ";"))
      } else {
        rows.append(text: bytes.span)
      }
    }
  }
}
