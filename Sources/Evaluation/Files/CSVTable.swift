import JSON
import Language
import Text

/// A CSV file as records: its header names the members, and blank rows are left out.
///
/// The fields stand there as the JSON that they mean, which is decoded only on access.
struct CSVTable {
  let records: FileRecords
  private(set) var notes: [FileNote]
  let header: [String]

  /// Reads a file. `parts` is the number of parts to read at the same time; by default, it depends on
  /// the size.
  init(_ bytes: [UInt8], _ file: DataFile, parts: Int? = nil) throws(DiskError) {
    let separator = try CSVSeparator(of: bytes, file.name)
    let count = parts ?? TextParts.count(forBytes: bytes.count)
    let table: (header: CSVHeader, body: CSVPart)?
    do { table = try Self.read(bytes, separator, parts: count) } catch {
      throw DiskError("`\(file.name)`:\(error.line): \(error.message)")
    }
    guard let (header, body) = table else { throw DiskError("`\(file.name)` has no header") }
    do { records = FileRecords(try body.rows.rows(of: bytes), lines: body.lines, file) } catch {
      throw DiskError("`\(file.name)` is too large: \(error.message)")
    }
    self.header = header.names
    notes = header.notes
    if body.blanks > 0 { notes.append(FileNote("\(body.blanks.counted("blank row")) skipped")) }
    if separator.byte != CSVSeparator.comma {
      notes.append(
        FileNote("fields are separated by \(CSVSeparator.name(separator.byte))", isDetail: true))
    }
  }

  /// Returns the header and the records; `nil` if the file has no header.
  private static func read(
    _ bytes: [UInt8], _ separator: CSVSeparator, parts: Int
  ) throws(CSVReader.Problem) -> (CSVHeader, CSVPart)? {
    var reader = CSVReader(
      separator: separator.byte, offset: separator.offset, line: separator.line)
    guard let header = try CSVHeader(&reader, in: bytes.span) else { return nil }
    return (header, try CSVPart(of: bytes, header, reader, inParts: parts))
  }
}
