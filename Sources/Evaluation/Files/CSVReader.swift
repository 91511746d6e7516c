import JSON

/// Reads the records of CSV text strictly according to RFC 4180, each with its line.
///
/// A line ends with LF or CRLF. What the standard leaves undefined is an error: text after a closing
/// quote, a quote inside an unquoted field, a carriage return or a NUL on its own.
struct CSVReader {
  /// A field. It is null if it is empty and has no quotes.
  struct Field {
    /// The place of its text, without the quotes around it.
    let range: Range<Int>
    var isQuoted = false
    /// `true` iff quotes in its text are written twice.
    var hasQuotes = false
    /// `true` iff its text is plain: see ``PlainText``.
    var isPlain = true

    var isNull: Bool { range.isEmpty && !isQuoted }
  }

  struct Problem: Error {
    let line: Int
    let message: String
  }

  private let separator: UInt8
  private(set) var offset: Int
  /// The line of the next record, from 1.
  private(set) var line: Int
  /// `true` iff the record has nothing but ASCII so far.
  private var isASCII = true

  /// Starts reading at the offset of a record and its line.
  init(separator: UInt8, offset: Int, line: Int) {
    self.separator = separator
    self.offset = offset
    self.line = line
  }

  /// Reads the next record of the text into `fields`, and returns the number of its first line; `nil`
  /// at the end.
  mutating func next(_ fields: inout [Field], in text: Span<UInt8>) throws(Problem) -> Int? {
    guard offset < text.count else { return nil }
    let (first, start) = (line, offset)
    fields.removeAll(keepingCapacity: true)
    isASCII = true
    repeat { fields.append(try field(text)) } while consume(separator, text)
    if !isASCII { try requireUTF8(text, start..<offset, first) }
    try endLine(text)
    return first
  }

  /// Returns a reader that starts at another offset, whose lines are counted from 0.
  func starting(at offset: Int) -> CSVReader {
    CSVReader(separator: separator, offset: offset, line: 0)
  }

  /// Returns the text of a field.
  static func text(of field: Field, in text: Span<UInt8>) -> String {
    var bytes: [UInt8] = []
    var isFirst = false
    for index in field.range {
      let byte = text[index]
      isFirst = byte == UInt8(ascii: "\"") && !isFirst
      if isFirst || byte != UInt8(ascii: "\"") { bytes.append(byte) }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private mutating func field(_ text: Span<UInt8>) throws(Problem) -> Field {
    peek(text) == UInt8(ascii: "\"") ? try quoted(text) : try plain(text)
  }

  private mutating func plain(_ text: Span<UInt8>) throws(Problem) -> Field {
    let start = offset
    var isPlain = true
    while true {
      offset = PlainText.end(text, from: offset, orAt: separator)
      guard let byte = peek(text), byte != separator, byte != 0x0A, byte != 0x0D else { break }
      if byte == UInt8(ascii: "\"") {
        throw problem("a quote inside an unquoted field; put the field in quotes and double it")
      }
      isPlain = false
      try skip(byte)
    }
    return Field(range: start..<offset, isPlain: isPlain)
  }

  private mutating func quoted(_ text: Span<UInt8>) throws(Problem) -> Field {
    let (first, start) = (line, offset + 1)
    var (hasQuotes, isPlain) = (false, true)
    offset += 1
    while true {
      offset = PlainText.end(text, from: offset)
      guard let byte = peek(text) else { break }
      if byte == UInt8(ascii: "\"") {
        offset += 1
        guard peek(text) == byte else {
          return Field(
            range: start..<offset - 1, isQuoted: true, hasQuotes: hasQuotes, isPlain: isPlain)
        }
        hasQuotes = true
      }
      isPlain = false
      try skip(byte)
    }
    throw problem("a quoted field is never closed", at: first)
  }

  private mutating func endLine(_ text: Span<UInt8>) throws(Problem) {
    guard let byte = peek(text) else { return }
    guard byte == 0x0A || byte == 0x0D else { throw problem("text after a closing quote") }
    offset += 1
    guard byte == 0x0A || consume(0x0A, text) else {
      throw problem("a carriage return without a line feed; save the file with other line ends")
    }
    line += 1
  }

  // MARK: Bytes

  private func peek(_ text: Span<UInt8>) -> UInt8? { offset < text.count ? text[offset] : nil }

  private mutating func consume(_ byte: UInt8, _ text: Span<UInt8>) -> Bool {
    guard peek(text) == byte else { return false }
    offset += 1
    return true
  }

  /// Passes a byte that isn't plain.
  private mutating func skip(_ byte: UInt8) throws(Problem) {
    if byte == 0 { throw problem("a NUL character") }
    if byte == 0x0A { line += 1 }
    if byte >= 0x80 { isASCII = false }
    offset += 1
  }

  private func requireUTF8(_ text: Span<UInt8>, _ range: Range<Int>, _ first: Int) throws(Problem) {
    do { _ = try UTF8Span(validating: text.extracting(range)) } catch {
      let before = range.prefix(error.byteOffsets.lowerBound)
      throw problem("not UTF-8", at: first + before.count { text[$0] == 0x0A })
    }
  }

  private func problem(_ message: String, at line: Int? = nil) -> Problem {
    Problem(line: line ?? self.line, message: message)
  }
}
