import Text

/// Reads the records of CSV text strictly according to RFC 4180, each with its line.
///
/// A line ends with LF or CRLF. What the standard leaves undefined is an error: text after a closing
/// quote, a quote inside an unquoted field, a carriage return or a NUL on its own.
struct CSVReader {
  /// A field. It is null if it is empty and has no quotes.
  struct Field {
    /// The place of its text, without the quotes around it.
    let range: Range<Int>
    let isQuoted: Bool
    /// `true` iff quotes in its text are written twice.
    let hasQuotes: Bool

    var isNull: Bool { range.isEmpty && !isQuoted }
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

  /// Reads the next record into `fields`, and returns the number of its first line, from 1; `nil` at
  /// the end.
  mutating func next(_ fields: inout [Field]) throws(DiskError) -> Int? {
    guard offset < bytes.count else { return nil }
    let (first, start) = (line, offset)
    fields.removeAll(keepingCapacity: true)
    repeat { fields.append(try field()) } while consume(separator)
    try requireUTF8(start..<offset, first)
    try endLine()
    return first
  }

  /// Returns the text of a field.
  func text(of field: Field) -> String {
    guard field.hasQuotes else { return String(decoding: bytes[field.range], as: UTF8.self) }
    var text: [UInt8] = []
    var isFirst = false
    for byte in bytes[field.range] {
      isFirst = byte == UInt8(ascii: "\"") && !isFirst
      if isFirst || byte != UInt8(ascii: "\"") { text.append(byte) }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Returns the bytes of a field as they are written, without the quotes around it.
  func bytes(of field: Field) -> ArraySlice<UInt8> { bytes[field.range] }

  private mutating func field() throws(DiskError) -> Field {
    peek == UInt8(ascii: "\"")
      ? try quoted() : Field(range: try plain(), isQuoted: false, hasQuotes: false)
  }

  private mutating func plain() throws(DiskError) -> Range<Int> {
    let start = offset
    while let byte = peek, byte != separator, byte != 0x0A, byte != 0x0D {
      if byte == UInt8(ascii: "\"") {
        throw problem("a quote inside an unquoted field; put the field in quotes and double it")
      }
      try require(byte)
      offset += 1
    }
    return start..<offset
  }

  private mutating func quoted() throws(DiskError) -> Field {
    let start = line
    offset += 1
    let first = offset
    var hasQuotes = false
    while let byte = peek {
      offset += 1
      if byte == UInt8(ascii: "\"") {
        guard consume(byte) else {
          return Field(range: first..<offset - 1, isQuoted: true, hasQuotes: hasQuotes)
        }
        hasQuotes = true
      }
      try require(byte)
      if byte == 0x0A { line += 1 }
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

  private func requireUTF8(_ range: Range<Int>, _ first: Int) throws(DiskError) {
    do { _ = try UTF8Span(validating: bytes.span.extracting(range)) } catch {
      let before = bytes[range].prefix(error.byteOffsets.lowerBound)
      throw problem("not UTF-8", at: first + before.count { $0 == 0x0A })
    }
  }

  private func problem(_ message: String, at line: Int? = nil) -> DiskError {
    DiskError("`\(path)`:\(line ?? self.line): \(message)")
  }
}
