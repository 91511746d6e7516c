import Glibc

/// Checks a JSON text in one pass over its bytes, and remembers where the values of its rows are.
///
/// Most texts are lists of thousands of objects with the same members, of which a script looks at
/// two or three. So values aren't decoded here. The scanner goes over the bytes once and checks what
/// RFC 8259 requires: brackets, numbers, escapes, UTF-8. It also refuses a name that appears twice in
/// an object and half of a surrogate pair, because another reader could see other data there. For
/// each member of a row it records one number: the place where the value begins. ``JSONRows`` keeps
/// these numbers with the bytes, and ``JSONBuilder`` decodes a value on access. ``JSONLines`` uses the
/// same scanner, line by line.
///
/// Two things make it fast, and neither skips a check:
///
/// - **Rows repeat.** The bytes between two values of a row, such as `,"folder_id":`, are nearly
///   always those of the row before. They are compared as one block. If they are the same, they and
///   the names in them have been checked already. If they differ, the row is read again from its
///   start, name by name.
/// - **Text is skipped eight bytes at a time** as far as it is ASCII without quotes, backslashes and
///   control characters. See ``PlainText``.
///
/// Memory is read only inside of `text[..<end]`: each access is behind a comparison with `end`.
struct JSONScanner {
  let text: UnsafeBufferPointer<UInt8>
  /// The end of the text or, if it is read line by line, of the current line.
  private(set) var end: Int
  /// The current position.
  var mark: Mark
  /// `true` iff reading ends before the end of the text, at an element that is not wanted.
  var hasStopped = false
  /// The same bytes, and the number of parts in which to read their list at the same time.
  var parts: (bytes: [UInt8], count: Int)?
  private var names = MemberNames()

  struct Mark {
    var offset: Int
    /// The number of open arrays and objects.
    var depth = 0
    /// The number of values still allowed.
    var valuesLeft: Int
  }

  private static let largestDepth = 256

  init(_ bytes: UnsafeBufferPointer<UInt8>, mostValues: Int) {
    text = bytes
    end = bytes.count
    mark = Mark(offset: 0, valuesLeft: mostValues)
  }

  /// Skips a byte order mark; returns `false` if there is none.
  @discardableResult
  mutating func skipMark() -> Bool {
    guard text[offset..<end].starts(with: [0xEF, 0xBB, 0xBF]) else { return false }
    offset += 3
    return true
  }

  /// Makes the line that begins at `start` the current one; returns `false` if there is none.
  mutating func beginLine(at start: Int) -> Bool {
    guard start < text.count else { return false }
    offset = start
    end = text.first(UInt8(ascii: "\n"), in: start..<text.count) ?? text.count
    return true
  }

  /// `true` iff the current line holds nothing but spaces, and a carriage return at most.
  var isBlankLine: Bool { text[offset..<end].allSatisfy { $0 == 0x20 || $0 == 0x0D } }

  // MARK: Values

  mutating func value() throws(JSONParser.Problem) {
    try count()
    switch text[offset] {
    case UInt8(ascii: "\""): try string()
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try number()
    case UInt8(ascii: "{"):
      try object { scanner, _ throws(JSONParser.Problem) in try scanner.value() }
    case UInt8(ascii: "["): try array { scanner throws(JSONParser.Problem) in try scanner.value() }
    default: try word()
    }
  }

  /// Counts a value that begins here.
  @inline(__always)
  mutating func count() throws(JSONParser.Problem) {
    guard offset < end else { throw problem("unexpected end: a value is missing") }
    guard mark.valuesLeft > 0 else { throw problem("too many values") }
    mark.valuesLeft -= 1
  }

  private mutating func word() throws(JSONParser.Problem) {
    for word in ["null", "true", "false"] as [StaticString]
    where starts(with: word.utf8Start, word.utf8CodeUnitCount) {
      offset += word.utf8CodeUnitCount
      return
    }
    throw problem("expected a value")
  }

  private mutating func number() throws(JSONParser.Problem) {
    let start = offset
    _ = consume("-")
    let first = peek
    let whole = skipDigits()
    guard whole == 1 || whole > 1 && first != UInt8(ascii: "0") else {
      throw problem("not a number", at: start)
    }
    if consume("."), skipDigits() == 0 { throw problem("not a number", at: start) }
    guard consume("e") || consume("E") else { return }
    if !consume("+") { _ = consume("-") }
    if skipDigits() == 0 { throw problem("not a number", at: start) }
  }

  @inline(__always)
  private mutating func skipDigits() -> Int {
    let start = offset
    while offset < end, text[offset] &- UInt8(ascii: "0") <= 9 { offset += 1 }
    return offset - start
  }

  // MARK: Arrays and objects

  @inline(__always)
  mutating func array(
    _ element: (inout JSONScanner) throws(JSONParser.Problem) -> Void
  ) throws(JSONParser.Problem) {
    try enter()
    if try !closes("]", first: true) { try elements(element) }
    mark.depth -= 1
  }

  /// Reads the elements of an array from here to its end.
  @inline(__always)
  mutating func elements(
    _ element: (inout JSONScanner) throws(JSONParser.Problem) -> Void
  ) throws(JSONParser.Problem) {
    repeat {
      skipBlanks()
      try element(&self)
    } while try !closes("]", first: false)
  }

  /// Reads an object. `value` reads each value; it is told the place of the name, quotes included.
  @inline(__always)
  mutating func object(
    _ value: (inout JSONScanner, Range<Int>) throws(JSONParser.Problem) -> Void
  ) throws(JSONParser.Problem) {
    try enter()
    if try !closes("}", first: true) {
      names.open()
      repeat {
        let name = try name()
        try value(&self, name)
      } while try !closes("}", first: false)
      names.close()
    }
    mark.depth -= 1
  }

  mutating func enter() throws(JSONParser.Problem) {
    mark.depth += 1
    guard mark.depth <= Self.largestDepth else { throw problem("nested too deeply") }
    offset += 1
  }

  /// Reads a name and the colon behind it; returns its place, quotes included.
  private mutating func name() throws(JSONParser.Problem) -> Range<Int> {
    skipBlanks()
    let start = offset
    guard peek == UInt8(ascii: "\"") else { throw problem("expected a quoted name") }
    try string()
    let name = start..<offset
    let content = UnsafeBufferPointer(rebasing: text[(start + 1)..<(name.upperBound - 1)])
    guard names.insert(content) else {
      throw problem(MemberNames.problem(string(at: start)), at: start)
    }
    skipBlanks()
    guard consume(":") else { throw problem("expected `:`") }
    skipBlanks()
    return name
  }

  /// Reads the closing bracket, or the comma before another element.
  mutating func closes(_ bracket: Unicode.Scalar, first: Bool) throws(JSONParser.Problem)
    -> Bool
  {
    if hasStopped { return true }
    skipBlanks()
    if consume(bracket) { return true }
    if first || consume(",") { return false }
    throw problem(peek == nil ? "unexpected end inside a value" : "expected `,` or `\(bracket)`")
  }

  // MARK: Strings

  mutating func string() throws(JSONParser.Problem) {
    let start = offset
    offset += 1
    while true {
      offset = PlainText.end(text, from: offset, to: end)
      guard offset < end else { throw problem("unterminated string", at: start) }
      switch text[offset] {
      case UInt8(ascii: "\""):
        offset += 1
        return
      case UInt8(ascii: "\\"): try escape()
      // DEL isn't plain, but allowed.
      case 0x7F: offset += 1
      case 0x80...: try scalar()
      default: throw problem("control character in a string")
      }
    }
  }

  private mutating func escape() throws(JSONParser.Problem) {
    offset += 1
    guard let letter = peek else { throw problem("unexpected end inside a string") }
    offset += 1
    guard JSONEscape.byte(for: letter) == nil else { return }
    guard letter == UInt8(ascii: "u") else { throw problem("unknown escape", at: offset - 2) }
    let start = offset - 2
    let first = try hexadecimal()
    guard (0xD800..<0xE000).contains(first) else { return }
    guard first < 0xDC00, consume("\\"), consume("u"), (0xDC00..<0xE000).contains(try hexadecimal())
    else { throw problem("half of a surrogate pair", at: start) }
  }

  private mutating func hexadecimal() throws(JSONParser.Problem) -> UInt32 {
    guard offset <= end - 4, let value = JSONEscape.hexadecimal(text, at: offset) else {
      throw problem("expected four hexadecimal digits")
    }
    offset += 4
    return value
  }

  /// Checks a scalar of several bytes. Source: The Unicode Standard, table 3-7, "Well-Formed UTF-8
  /// Byte Sequences".
  private mutating func scalar() throws(JSONParser.Problem) {
    let (length, second): (Int, ClosedRange<UInt8>) =
      switch text[offset] {
      case 0xC2...0xDF: (2, 0x80...0xBF)
      case 0xE0: (3, 0xA0...0xBF)
      case 0xED: (3, 0x80...0x9F)
      case 0xE1...0xEF: (3, 0x80...0xBF)
      case 0xF0: (4, 0x90...0xBF)
      case 0xF1...0xF3: (4, 0x80...0xBF)
      case 0xF4: (4, 0x80...0x8F)
      default: throw problem("not UTF-8")
      }
    guard offset <= end - length, second.contains(text[offset + 1]),
      (2..<length).allSatisfy({ text[offset + $0] & 0xC0 == 0x80 })
    else { throw problem("not UTF-8") }
    offset += length
  }

  // MARK: Bytes

  var offset: Int {
    @inline(__always) get { mark.offset }
    @inline(__always) set { mark.offset = newValue }
  }

  /// Returns a decoder for the value at `offset`, which has been checked. `rows` stay undecoded.
  func builder(at offset: Int, rows: JSONRows? = nil) -> JSONBuilder {
    JSONBuilder(text, at: offset, rows: rows)
  }

  /// Returns the string at `offset`, which has been checked.
  func string(at offset: Int) -> String {
    var builder = builder(at: offset)
    return builder.string()
  }

  func bytes(_ range: Range<Int>) -> [UInt8] {
    Array(text[range])
  }

  /// Skips bytes that are the same as those at `range`.
  @inline(__always)
  mutating func skip(_ range: Range<Int>) -> Bool {
    guard let start = text.baseAddress, starts(with: start + range.lowerBound, range.count) else {
      return false
    }
    offset += range.count
    return true
  }

  @inline(__always)
  private func starts(with bytes: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    guard offset <= end - count, let start = text.baseAddress else { return false }
    return memcmp(start + offset, bytes, count) == 0
  }

  @inline(__always)
  var peek: UInt8? { offset < end ? text[offset] : nil }

  var isAtEnd: Bool { offset == end }

  @inline(__always)
  mutating func consume(_ character: Unicode.Scalar) -> Bool {
    guard offset < end, text[offset] == UInt8(ascii: character) else { return false }
    offset += 1
    return true
  }

  @inline(__always)
  mutating func skipBlanks() {
    while offset < end, text[offset] <= 0x20, Self.isBlank(text[offset]) { offset += 1 }
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }

  func problem(_ message: String, at offset: Int? = nil) -> JSONParser.Problem {
    JSONParser.Problem(message: message, offset: offset ?? self.offset)
  }
}
