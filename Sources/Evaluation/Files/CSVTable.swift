import JSON
import Language
import Text

/// A CSV file as records: its header names the members, and blank rows are left out.
struct CSVTable {
  private(set) var records: FileRecords
  private(set) var notes: [FileNote] = []
  let header: [String]

  init(_ bytes: [UInt8], _ file: DataFile) throws(DiskError) {
    let path = file.name
    records = FileRecords(file)
    let separator = try CSVSeparator(of: bytes, path)
    var reader = CSVReader(
      bytes, path, separator: separator.byte, offset: separator.offset, line: separator.line)
    guard let first = try reader.next() else { throw DiskError("`\(path)` has no header") }
    let header = try CSVHeader(first, path)
    var blanks = 0
    while let record = try reader.next() {
      if record.fields.allSatisfy(\.isNull) {
        blanks += 1
      } else {
        records.append(try header.object(record, path), line: record.line)
      }
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
  init(_ record: CSVReader.Record, _ path: String) throws(DiskError) {
    var seen: Set<String> = []
    var columns: [(name: String, isList: Bool)] = []
    for (index, field) in record.fields.enumerated() {
      let column = Self.column(field)
      guard !column.name.isEmpty else {
        throw DiskError("`\(path)`:\(record.line): column \(index + 1) has no name")
      }
      let key = Field.named(column.name)?.name ?? column.name.lowercased()
      guard seen.insert(key).inserted else {
        throw DiskError("`\(path)`:\(record.line): the column `\(column.name)` occurs twice")
      }
      if !column.name.hasSameBytes(as: field.text), Field.named(column.name) != nil {
        notes.append(FileNote("the column `\(field.text)` is read as `\(column.name)`"))
      }
      columns.append(column)
    }
    self.columns = columns
  }

  /// A field of connections is found by its name or alias, in any case and with blanks around it.
  private static func column(_ field: CSVReader.Field) -> (name: String, isList: Bool) {
    let name = (CSVCell.value(field, isList: false).string ?? "").trimmingBlanks()
    let known = Field.named(name) ?? Field.named(name.lowercased())
    let isList = if case .list = known?.type { true } else { false }
    return (known == nil || known?.name == name ? name : name.lowercased(), isList)
  }

  func object(_ record: CSVReader.Record, _ path: String) throws(DiskError) -> JSON.Object {
    guard record.fields.count == columns.count else {
      throw DiskError(
        "`\(path)`:\(record.line): \(record.fields.count.counted("field")), but the header has "
          + "\(columns.count)")
    }
    return JSON.Object(
      zip(columns, record.fields).map { ($0.name, CSVCell.value($1, isList: $0.isList)) })
  }
}
