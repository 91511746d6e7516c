import JSON
import Text

/// Records of a CSV file that were read one after the other. See ``TextParts``.
struct CSVPart: Sendable {
  private(set) var rows: JSONRowsBuilder
  /// The line of each row.
  private(set) var lines: [Int] = []
  private(set) var blanks = 0
  /// The line behind the last record.
  private var end = 0
  /// The problem that ended the part.
  private var problem: CSVReader.Problem?
  private let areLists: [Bool]

  private init(_ header: CSVHeader, textCount: Int) {
    rows = JSONRowsBuilder(header.names, textCount: textCount)
    areLists = header.areLists
  }

  /// Reads all records from the place of a reader on, in up to that many parts at the same time.
  init(
    of bytes: [UInt8], _ header: CSVHeader, _ reader: CSVReader, inParts count: Int
  ) throws(CSVReader.Problem) {
    let starts = TextParts.starts(count, in: reader.offset..<bytes.count) { start in
      bytes[start...].firstIndex(of: 0x0A).map { $0 + 1 }
    }
    let parts = TextParts.read(starts) { start, others in
      var part = CSVPart(header, textCount: bytes.count)
      let next = part.read(
        bytes.span, start == reader.offset ? reader : reader.starting(at: start), PartEnd(others))
      return (part, next)
    }
    self = parts[0]
    if let problem { throw problem }
    for part in parts.dropFirst() { try append(part) }
  }

  /// Adds the records that follow. Throws the problem that ended them.
  private mutating func append(_ other: CSVPart) throws(CSVReader.Problem) {
    if let problem = other.problem {
      throw CSVReader.Problem(line: end + problem.line, message: problem.message)
    }
    rows.append(other.rows)
    lines += other.lines.lazy.map { [end] in $0 + end }
    blanks += other.blanks
    end += other.end
  }

  /// Reads records to the start of another part, which it returns, or to the end.
  private mutating func read(_ text: Span<UInt8>, _ reader: CSVReader, _ end: PartEnd) -> Int? {
    var (reader, end, fields) = (reader, end, [CSVReader.Field]())
    let start = reader.offset
    defer { self.end = reader.line }
    do throws(CSVReader.Problem) {
      while !end.isReached(at: reader.offset) {
        guard let line = try reader.next(&fields, in: text) else { return nil }
        try add(fields, line, text)
        if lines.count == 1_000 {
          rows.reserve(forTimes: (text.count - start) / (reader.offset - start))
        }
      }
      return reader.offset
    } catch { problem = error }
    return nil
  }

  /// Adds a record unless it is blank.
  private mutating func add(
    _ fields: [CSVReader.Field], _ line: Int, _ text: Span<UInt8>
  ) throws(CSVReader.Problem) {
    if fields.allSatisfy(\.isNull) { return blanks += 1 }
    guard fields.count == areLists.count else {
      let found = fields.count.counted("field")
      throw CSVReader.Problem(
        line: line, message: "\(found), but the header has \(areLists.count)")
    }
    for index in fields.indices { add(fields[index], isList: areLists[index], text) }
    lines.append(line)
  }

  private mutating func add(_ field: CSVReader.Field, isList: Bool, _ text: Span<UInt8>) {
    if field.isNull { return rows.append(.null) }
    let bytes = text.extracting(field.range)
    let first = bytes.isEmpty ? nil : bytes[0]
    if field.hasQuotes || first == UInt8(ascii: "'") || isList && first == UInt8(ascii: "[") {
      let text = CSVReader.text(of: field, in: text)
      rows.append(CSVCell.value(text, isQuoted: field.isQuoted, isList: isList))
    } else if isList {
      rows.append(list: bytes, separator: UInt8(ascii: ";"))
    } else if field.isPlain {
      rows.append(plainIn: field.range)
    } else {
      rows.append(text: bytes)
    }
  }
}
