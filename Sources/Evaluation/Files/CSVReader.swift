import Text

/// Reads the records of CSV text strictly according to RFC 4180, each with its line.
///
/// A line ends with LF or CRLF. What the standard leaves undefined is an error: text after a closing
/// quote, a quote inside an unquoted field, a carriage return or a NUL on its own.
struct CSVReader {
  /// A field. It is null if it is empty and has no quotes.
  struct Field: Equatable {
    let text: String
    let isQuoted: Bool

    var isNull: Bool { text.isEmpty && !isQuoted }
  }

  struct Record {
    /// The number of its first line, from 1.
    let line: Int
    let fields: [Field]
  }

  private let bytes: [UInt8]
  private let path: String
  private let separator: UInt8
  private var offset: Int
  private var line: Int

  /// Starts reading at an offset and its line, after a byte order mark or a `sep=` line.
  init(_ bytes: [UInt8], _ path: String, separator: UInt8, offset: Int, line: Int) {
    self.bytes = bytes
    self.path = path
    self.separator = separator
    self.offset = offset
    self.line = line
  }

  /// The next record; `nil` at the end.
  mutating func next() throws(DiskError) -> Record? {
    guard offset < bytes.count else { return nil }
    let start = line
    var fields: [Field] = []
    repeat { fields.append(try field()) } while consume(separator)
    try endLine()
    return Record(line: start, fields: fields)
  }

  private mutating func field() throws(DiskError) -> Field {
    peek == UInt8(ascii: "\"")
      ? Field(text: try quoted(), isQuoted: true) : Field(text: try plain(), isQuoted: false)
  }

  private mutating func plain() throws(DiskError) -> String {
    let start = offset
    while let byte = peek, byte != separator, byte != 0x0A, byte != 0x0D {
      if byte == UInt8(ascii: "\"") {
        throw problem("a quote inside an unquoted field; put the field in quotes and double it")
      }
      try require(byte)
      offset += 1
    }
    return try text(bytes[start..<offset])
  }

  private mutating func quoted() throws(DiskError) -> String {
    let start = line
    var value: [UInt8] = []
    offset += 1
    while let byte = peek {
      offset += 1
      if byte == UInt8(ascii: "\""), !consume(byte) { return try text(value[...]) }
      try require(byte)
      if byte == 0x0A { line += 1 }
      value.append(byte)
    }
    throw problem("a quoted field is never closed", at: start)
  }

  private mutating func endLine() throws(DiskError) {
    guard let byte = peek else { return }
    guard byte == 0x0A || byte == 0x0D else { throw problem("text after a closing quote") }
    offset += 1
    guard byte == 0x0A || consume(0x0A) else {
      throw problem("a carriage return without a line feed; save the file with other line ends")
    }
    line += 1
  }

  // MARK: Bytes

  private var peek: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  private mutating func consume(_ byte: UInt8) -> Bool {
    guard peek == byte else { return false }
    offset += 1
    return true
  }

  private func require(_ byte: UInt8) throws(DiskError) {
    if byte == 0 { throw problem("a NUL character") }
  }

  private func text(_ bytes: ArraySlice<UInt8>) throws(DiskError) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else { throw problem("not UTF-8") }
    return text
  }

  private func problem(_ message: String, at line: Int? = nil) -> DiskError {
    DiskError("`\(path)`:\(line ?? self.line): \(message)")
  }
}
