import Glibc

/// Decodes values of a text that a ``JSONScanner`` has checked.
struct JSONBuilder {
  private let text: UnsafeBufferPointer<UInt8>
  private(set) var offset: Int
  /// The rows of the text's list, which stay undecoded.
  private let rows: JSONRows?

  init(_ text: UnsafeBufferPointer<UInt8>, at offset: Int, rows: JSONRows? = nil) {
    self.text = text
    self.offset = offset
    self.rows = rows
  }

  /// Decodes the only value of a text.
  mutating func document() -> JSON {
    skipSeparators()
    return value()
  }

  /// Decodes the value that begins here, and moves past it.
  mutating func value() -> JSON {
    if let rows, offset == rows.index.range.lowerBound {
      offset = rows.index.range.upperBound
      return .array(rows.elements)
    }
    switch text[offset] {
    case UInt8(ascii: "\""): return .string(string())
    case UInt8(ascii: "{"): return .object(JSON.Object(members()))
    case UInt8(ascii: "["): return .array(elements())
    case UInt8(ascii: "n"): return word("null", .null)
    case UInt8(ascii: "t"): return word("true", .bool(true))
    case UInt8(ascii: "f"): return word("false", .bool(false))
    default: return number()
    }
  }

  /// Writes the value that begins here as ``JSONWriter`` would, and moves past it.
  mutating func copy(to writer: inout JSONWriter) {
    switch text[offset] {
    case UInt8(ascii: "\""): withString { writer.writeString($0) }
    case UInt8(ascii: "["): copyElements(to: &writer)
    case UInt8(ascii: "{"), UInt8(ascii: "-"): writer.write(value())
    default: copyWord(to: &writer)
    }
  }

  /// Returns the end of a value that ``JSONWriter`` would write as it is; `nil` if it may differ.
  func endOfWritten(at start: Int) -> Int? {
    switch text[start] {
    case UInt8(ascii: "\""): endOfPlainString(start)
    case UInt8(ascii: "["): endOfWrittenElements(start)
    case UInt8(ascii: "{"), UInt8(ascii: "-"): nil
    default: endOfWord(start)
    }
  }

  private func endOfWrittenElements(_ start: Int) -> Int? {
    var end = start + 1
    if text[end] == UInt8(ascii: "]") { return end + 1 }
    while let next = endOfWritten(at: end) {
      if text[next] == UInt8(ascii: "]") { return next + 1 }
      guard text[next] == UInt8(ascii: ",") else { return nil }
      end = next + 1
    }
    return nil
  }

  private func endOfPlainString(_ start: Int) -> Int? {
    let end = PlainText.end(text, from: start + 1, to: text.count)
    return text[end] == UInt8(ascii: "\"") ? end + 1 : nil
  }

  private func endOfWord(_ start: Int) -> Int {
    var end = start
    while end < text.count, Self.isPartOfWord(text[end]) { end += 1 }
    return end
  }

  /// The text of a value that is a string of plain text, or a word.
  func plainText() -> UnsafeBufferPointer<UInt8>? {
    switch text[offset] {
    case UInt8(ascii: "["), UInt8(ascii: "{"): nil
    case UInt8(ascii: "\""):
      endOfPlainString(offset).map { UnsafeBufferPointer(rebasing: text[(offset + 1)..<($0 - 1)]) }
    default: UnsafeBufferPointer(rebasing: text[offset..<endOfWord(offset)])
    }
  }

  private mutating func copyElements(to writer: inout JSONWriter) {
    writer.append("[")
    offset += 1
    var isFirst = true
    while !closes("]") {
      if !isFirst { writer.append(",") }
      isFirst = false
      copy(to: &writer)
    }
    writer.append("]")
  }

  /// Copies a number, or `null`, `true` or `false`.
  private mutating func copyWord(to writer: inout JSONWriter) {
    let start = offset
    offset = endOfWord(start)
    writer.append(UnsafeBufferPointer(rebasing: text[start..<offset]))
  }

  private mutating func word(_ word: StaticString, _ value: JSON) -> JSON {
    offset += word.utf8CodeUnitCount
    return value
  }

  // MARK: Arrays and objects

  private mutating func members() -> [JSON.Object.Member] {
    var members: [JSON.Object.Member] = []
    offset += 1
    while !closes("}") {
      let name = string()
      skipSeparators()
      members.append(JSON.Object.Member(name: name, value: value()))
    }
    return members
  }

  private mutating func elements() -> [JSON] {
    var elements: [JSON] = []
    offset += 1
    while !closes("]") { elements.append(value()) }
    return elements
  }

  /// Goes to the next element; returns `true` if there is none.
  private mutating func closes(_ bracket: Unicode.Scalar) -> Bool {
    if let rows, rows.index.endsText, offset == rows.index.range.upperBound { return true }
    skipSeparators()
    guard text[offset] == UInt8(ascii: bracket) else { return false }
    offset += 1
    return true
  }

  private mutating func skipSeparators() {
    while Self.isSeparator(text[offset]) { offset += 1 }
  }

  private static func isSeparator(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20, 0x0A, 0x0D, 0x09, UInt8(ascii: ","), UInt8(ascii: ":"): true
    default: false
    }
  }

  // MARK: Numbers

  private mutating func number() -> JSON {
    let start = offset
    offset = endOfWord(start)
    let lexeme = UnsafeBufferPointer(rebasing: text[start..<offset])
    return Self.integer(lexeme).map(JSON.int) ?? .number(String(decoding: lexeme, as: UTF8.self))
  }

  /// See ``JSONRows/Reader/integer(at:)``.
  func integer() -> Int64? {
    guard Self.isDigitOrMinus(text[offset]) else { return nil }
    return Self.integer(UnsafeBufferPointer(rebasing: text[offset..<endOfWord(offset)]))
  }

  /// See ``JSONRows/Reader/digits(at:)``.
  func digits() -> Int64? {
    guard text[offset] == UInt8(ascii: "\""), (0x31...0x39).contains(text[offset + 1]) else {
      return nil
    }
    let end = endOfWord(offset + 1)
    guard text[end] == UInt8(ascii: "\"") else { return nil }
    return Self.integer(UnsafeBufferPointer(rebasing: text[offset + 1..<end]))
  }

  private static func isDigitOrMinus(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || byte == UInt8(ascii: "-")
  }

  /// `true` iff a number, or a word such as `null`, may contain the byte.
  private static func isPartOfWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: "E"):
      true
    default: false
    }
  }

  /// Returns the number if it is written as an integer and fits into 64 bits.
  private static func integer(_ lexeme: UnsafeBufferPointer<UInt8>) -> Int64? {
    let isNegative = lexeme.first == UInt8(ascii: "-")
    var value: Int64 = 0
    for byte in lexeme.dropFirst(isNegative ? 1 : 0) {
      guard (0x30...0x39).contains(byte) else { return nil }
      let (tens, isLarge) = value.multipliedReportingOverflow(by: 10)
      let digit = Int64(byte - 0x30)
      let (next, isTooLarge) =
        isNegative ? tens.subtractingReportingOverflow(digit) : tens.addingReportingOverflow(digit)
      if isLarge || isTooLarge { return nil }
      value = next
    }
    return value
  }

  // MARK: Strings

  mutating func string() -> String { withString { String(decoding: $0, as: UTF8.self) } }

  /// Calls `body` with the UTF-8 of the string that begins here, and moves past it.
  @inline(__always)
  mutating func withString<T>(_ body: (UnsafeBufferPointer<UInt8>) -> T) -> T {
    let start = offset + 1
    let (end, hasEscape) = endOfString(start)
    offset = end + 1
    let content = UnsafeBufferPointer(rebasing: text[start..<end])
    return hasEscape ? JSONEscape.unescaped(content).withUnsafeBufferPointer(body) : body(content)
  }

  /// Returns where the closing quote of a string is, and whether it has escapes.
  @inline(__always)
  private func endOfString(_ start: Int) -> (end: Int, hasEscape: Bool) {
    let plain = PlainText.end(text, from: start, to: text.count)
    if text[plain] == UInt8(ascii: "\"") { return (plain, false) }
    let quote = text.first(UInt8(ascii: "\""), in: plain..<text.count) ?? text.count
    guard let backslash = text.first(UInt8(ascii: "\\"), in: plain..<quote) else {
      return (quote, false)
    }
    var end = backslash
    while text[end] != UInt8(ascii: "\"") { end += text[end] == UInt8(ascii: "\\") ? 2 : 1 }
    return (end, true)
  }

  /// See ``JSONRows/Reader/contains(at:_:)``.
  mutating func contains(_ body: (Span<UInt8>) -> Bool) -> Bool? {
    var isFound = false
    offset += 1
    while !closes("]") {
      guard text[offset] == UInt8(ascii: "\"") else { return nil }
      isFound = withString { body($0.span) } || isFound
    }
    return isFound
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Returns the place of the first such byte in a range.
  @inline(__always)
  func first(_ byte: UInt8, in range: Range<Int>) -> Int? {
    guard let start = baseAddress,
      let found = memchr(start + range.lowerBound, Int32(byte), range.count)
    else { return nil }
    return UnsafeRawPointer(found) - UnsafeRawPointer(start)
  }
}
