import API
import JSON
import Language

/// A data file as rows. They are connections if every record has the id of one, otherwise records.
package struct SnapshotFile: Sendable {
  package let set: RowSet
  /// Messages about how the file was read, such as skipped blank rows.
  package let notes: [FileNote]

  /// The reason why the rows aren't connections; `nil` if they are.
  package let plainReason: String?

  /// Reads the file. Throws with the position of the first problem.
  package init(_ path: String, disk: any Disk) throws(DiskError) {
    try self.init(DataFile(path), try disk.read(path))
  }

  /// Parses the file's current or recorded bytes.
  package init(_ path: String, _ bytes: [UInt8]) throws(DiskError) {
    try self.init(DataFile(path), bytes)
  }

  package init(_ file: DataFile, _ bytes: [UInt8]) throws(DiskError) {
    let name = file.name
    guard let kind = file.kind else {
      throw DiskError("unknown file type: `\(name)` (use .json, .jsonl or .csv)")
    }
    if bytes.allSatisfy({ $0 == 0x20 || (0x09...0x0D).contains($0) }) {
      throw DiskError("`\(name)` is empty")
    }
    let records: FileRecords
    var header: [String] = []
    switch kind {
    case .json: (records, notes) = (try Self.array(bytes, file), [])
    case .jsonl: (records, notes) = (try Self.lines(bytes, file), [])
    case .csv:
      let table = try CSVTable(bytes, file)
      (records, notes, header) = (table.records, table.notes, table.header)
    }
    set = try FileTable.rows(records, header)
    plainReason =
      set.schema.areConnections ? nil : Self.plainReason(records, header, "`\(name)`")
  }

  /// Names the column that is missing, with the first line, or the first record without an id.
  private static func plainReason(_ records: FileRecords, _ header: [String], _ name: String)
    -> String?
  {
    if !header.isEmpty, !header.contains("id") {
      let more = header.count > 10 ? ", …" : ""
      return "\(name) has no column `id` in its first line: "
        + header.prefix(10).joined(separator: ", ") + more
    }
    let other = (0..<records.count).first { (try? records.connection($0)) == nil }
    guard let other else { return nil }
    let place = records.place(other)
    guard let id = records.objects[other]["id"], id != .null else { return "\(place) has no `id`" }
    return "\(place): the `id` is \(id.text)"
  }

  private static func array(_ bytes: [UInt8], _ file: DataFile) throws(DiskError) -> FileRecords {
    let json = try parse(bytes, file.name, lineOffset: 0)
    guard let values = json.array ?? json["result"]?.array else {
      throw DiskError("`\(file.name)` does not contain an array")
    }
    return try FileRecords(values, file)
  }

  /// The byte order mark.
  private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

  private static func lines(_ bytes: [UInt8], _ file: DataFile) throws(DiskError) -> FileRecords {
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    var records = FileRecords(file)
    for (number, line) in lines.enumerated() where !line.allSatisfy({ $0 == 0x20 || $0 == 0x0D }) {
      let place = RowPlace(RowPlace.Source(file), number + 1)
      guard number == 0 || !line.starts(with: Self.mark) else {
        throw DiskError("\(place): a byte order mark, which only the first line can have")
      }
      guard let object = try parse(Array(line), file.name, lineOffset: number).object else {
        throw DiskError("\(place): not an object")
      }
      records.append(object, line: number + 1)
    }
    return records
  }

  private static func parse(_ bytes: [UInt8], _ path: String, lineOffset: Int) throws(DiskError)
    -> JSON
  {
    do {
      return try JSONParser.parse(bytes)
    } catch {
      let position = SourceFile(name: path, bytes: bytes).position(of: error.offset)
      throw DiskError(
        "`\(path)`:\(position.line + lineOffset):\(position.column): \(error.message)")
    }
  }
}
