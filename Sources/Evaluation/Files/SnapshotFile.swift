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
    let other = (0..<records.count).first { (try? records.id($0)) == nil }
    guard let other else { return nil }
    let place = records.place(other)
    guard let id = records.rows[other]["id"], id != .null else { return "\(place) has no `id`" }
    return "\(place): the `id` is \(id.text)"
  }

  private static func array(_ bytes: [UInt8], _ file: DataFile) throws(DiskError) -> FileRecords {
    let json: JSON
    do {
      if let rows = try JSONParser.rows(bytes) { return FileRecords(rows, file) }
      json = try JSONParser.parse(bytes)
    } catch { throw problem(error, bytes, file) }
    guard let values = json.array ?? json["result"]?.array else {
      throw DiskError("`\(file.name)` does not contain an array")
    }
    let other = values.prefix { $0.object != nil }.count
    throw DiskError("\(RowPlace(RowPlace.Source(file), other + 1)) is not an object")
  }

  private static func lines(_ bytes: [UInt8], _ file: DataFile) throws(DiskError) -> FileRecords {
    do {
      let lines = try JSONLines(bytes)
      return FileRecords(lines.rows, lines: lines.numbers, file)
    } catch {
      switch error {
      case .value(let problem): throw Self.problem(problem, bytes, file)
      case .line(let number, let message): throw DiskError("`\(file.name)`:\(number): \(message)")
      }
    }
  }

  private static func problem(_ problem: JSONParser.Problem, _ bytes: [UInt8], _ file: DataFile)
    -> DiskError
  {
    let position = SourceFile(name: file.name, bytes: bytes).position(of: problem.offset)
    return DiskError("`\(file.name)`:\(position.line):\(position.column): \(problem.message)")
  }
}
