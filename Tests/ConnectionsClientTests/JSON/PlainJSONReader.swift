import JSON

/// A second reader of JSON, which goes over the text character by character and makes every value at
/// once. The tests compare the scanner with it.
struct PlainJSONReader {
  private let bytes: [UInt8]
  private var offset = 0
  private var depth = 0
  /// The number of values still allowed.
  private var valuesLeft = Int.max
  /// Checks an element of the list; `nil` if any value is expected, not a list.
  private let isElement: ((JSON) -> Bool)?
  /// The depth of the list's elements, or 0 where it can't be.
  private var listDepth = 1
  /// `true` iff parsing stopped at an element that was rejected.
  private var hasStopped = false

  private static let largestDepth = 256

  struct Problem: Error, Hashable {
    let message: String
    let offset: Int
  }

  private init(_ bytes: [UInt8], isElement: ((JSON) -> Bool)?) {
    self.bytes = bytes
    self.isElement = isElement
  }

  /// Parses `bytes`, which must hold exactly one value.
  static func parse(_ bytes: [UInt8]) throws(Problem) -> JSON {
    var parser = PlainJSONReader(bytes, isElement: nil)
    return try parser.document()
  }

  /// Parses the answer to a list: an array, or an object with the array `result`. Reading ends at the
  /// first element of it that is not an object or that `isElement` rejects; that element, or `null`
  /// instead of one that is not an object, is then the last one. Throws if there are more than
  /// `mostValues` values.
  static func parse(
    _ bytes: [UInt8], mostValues: Int, isElement: @escaping (JSON) -> Bool
  ) throws(Problem) -> JSON {
    var parser = PlainJSONReader(bytes, isElement: isElement)
    parser.valuesLeft = mostValues
    return try parser.document()
  }

  private mutating func document() throws(Problem) -> JSON {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
    let value = try value()
    skipBlanks()
    guard hasStopped || offset == bytes.count else {
      throw problem("unexpected text after the value")
    }
    return value
  }

  private mutating func value() throws(Problem) -> JSON {
    skipBlanks()
    guard let byte = peek else { throw problem("unexpected end: a value is missing") }
    guard valuesLeft > 0 else { throw problem("too many values") }
    valuesLeft -= 1
    switch byte {
    case UInt8(ascii: "{"): return try nested { parser throws(Problem) in try parser.object() }
    case UInt8(ascii: "["): return try nested { parser throws(Problem) in try parser.array() }
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    default: return try word()
    }
  }

  private mutating func nested(
    _ body: (inout PlainJSONReader) throws(Problem) -> JSON
  ) throws(Problem) -> JSON {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.largestDepth else { throw problem("nested too deeply") }
    offset += 1
    return try body(&self)
  }

  private mutating func object() throws(Problem) -> JSON {
    var members: [(String, JSON)] = []
    var names = PlainMemberNames()
    if try close("}", first: true) { return .object(JSON.Object()) }
    repeat {
      skipBlanks()
      let start = offset
      guard peek == UInt8(ascii: "\"") else { throw problem("expected a quoted name") }
      let name = try string()
      guard names.insert(name) else { throw problem(PlainMemberNames.problem(name), at: start) }
      skipBlanks()
      guard consume(":") else { throw problem("expected `:`") }
      if depth == 1 { listDepth = name == "result" ? 2 : 0 }
      members.append((name, try value()))
    } while try !ends("}")
    return .object(JSON.Object(members))
  }

  private mutating func array() throws(Problem) -> JSON {
    var values: [JSON] = []
    if try close("]", first: true) { return .array([]) }
    let isList = isElement != nil && depth == listDepth
    repeat {
      values.append(try isList ? element() : value())
    } while try !ends("]")
    return .array(values)
  }

  /// Parses an element of the list, and stops if it isn't one.
  private mutating func element() throws(Problem) -> JSON {
    skipBlanks()
    let isObject = peek == UInt8(ascii: "{")
    let element = isObject ? try value() : .null
    hasStopped = isElement?(element) == false || !isObject
    return element
  }

  /// Consumes what follows an element; returns `true` after the last one, or where reading stops.
  private mutating func ends(_ bracket: Unicode.Scalar) throws(Problem) -> Bool {
    if hasStopped { return true }
    return try close(bracket, first: false)
  }

  /// Consumes the closing bracket, or the comma before another element.
  private mutating func close(_ bracket: Unicode.Scalar, first: Bool) throws(Problem) -> Bool {
    skipBlanks()
    if consume(bracket) { return true }
    if first || consume(",") { return false }
    throw problem(peek == nil ? "unexpected end inside a value" : "expected `,` or `\(bracket)`")
  }

  private mutating func word() throws(Problem) -> JSON {
    for (word, value) in [("null", JSON.null), ("true", .bool(true)), ("false", .bool(false))]
    where bytes[offset...].starts(with: word.utf8) {
      offset += word.utf8.count
      return value
    }
    throw problem("expected a value")
  }

  // MARK: Numbers

  private mutating func number() throws(Problem) -> JSON {
    let start = offset
    _ = consume("-")
    let first = peek
    let whole = skipDigits()
    guard whole > 0, whole == 1 || first != UInt8(ascii: "0") else {
      throw problem("not a number", at: start)
    }
    var isInteger = true
    if consume(".") {
      isInteger = false
      guard skipDigits() > 0 else { throw problem("not a number", at: start) }
    }
    if consume("e") || consume("E") {
      isInteger = false
      if !consume("+") { _ = consume("-") }
      guard skipDigits() > 0 else { throw problem("not a number", at: start) }
    }
    let lexeme = String(decoding: bytes[start..<offset], as: UTF8.self)
    return (isInteger ? Int64(lexeme).map(JSON.int) : nil) ?? .number(lexeme)
  }

  private mutating func skipDigits() -> Int {
    let start = offset
    while let byte = peek, (0x30...0x39).contains(byte) { offset += 1 }
    return offset - start
  }

  // MARK: Strings

  private mutating func string() throws(Problem) -> String {
    let start = offset
    offset += 1
    let body = offset
    while let byte = peek, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 {
      offset += 1
    }
    if peek == UInt8(ascii: "\"") {
      offset += 1
      return try text(bytes[body..<(offset - 1)], at: body)
    }
    return try escapedString(from: start, Array(bytes[body..<offset]))
  }

  private mutating func escapedString(from start: Int, _ prefix: [UInt8]) throws(Problem)
    -> String
  {
    var buffer = prefix
    while let byte = peek, byte != UInt8(ascii: "\"") {
      guard byte >= 0x20 else { throw problem("control character in a string") }
      offset += 1
      if byte == UInt8(ascii: "\\") { try escape(into: &buffer) } else { buffer.append(byte) }
    }
    guard consume("\"") else { throw problem("unterminated string", at: start) }
    return try text(buffer[...], at: start)
  }

  private func text(_ buffer: ArraySlice<UInt8>, at offset: Int) throws(Problem) -> String {
    guard let text = String(validating: buffer, as: UTF8.self) else {
      throw problem("not UTF-8", at: offset)
    }
    return text
  }

  private static let escapes: [UInt8: UInt8] = [
    UInt8(ascii: "\""): 0x22, UInt8(ascii: "\\"): 0x5C, UInt8(ascii: "/"): 0x2F,
    UInt8(ascii: "b"): 0x08, UInt8(ascii: "f"): 0x0C, UInt8(ascii: "n"): 0x0A,
    UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09,
  ]

  private mutating func escape(into buffer: inout [UInt8]) throws(Problem) {
    guard let letter = peek else { throw problem("unexpected end inside a string") }
    offset += 1
    if let byte = Self.escapes[letter] { return buffer.append(byte) }
    guard letter == UInt8(ascii: "u") else { throw problem("unknown escape", at: offset - 2) }
    buffer.append(contentsOf: String(try unicodeEscape()).utf8)
  }

  /// Reads the four digits of `\u…`, or both halves of a surrogate pair.
  private mutating func unicodeEscape() throws(Problem) -> Unicode.Scalar {
    let start = offset - 2
    let first = try hexadecimal()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard first < 0xDC00, bytes[offset...].starts(with: "\\u".utf8) else {
      throw problem(Self.loneSurrogate, at: start)
    }
    offset += 2
    let second = try hexadecimal()
    guard (0xDC00..<0xE000).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    else { throw problem(Self.loneSurrogate, at: start) }
    return scalar
  }

  private static let loneSurrogate = "half of a surrogate pair"

  /// Reads four digits one by one, since the initializers of integers accept a sign.
  private mutating func hexadecimal() throws(Problem) -> UInt32 {
    var value: UInt32 = 0
    for index in offset..<(offset + 4) {
      guard index < bytes.count, let digit = Character(Unicode.Scalar(bytes[index])).hexDigitValue
      else { throw problem("expected four hexadecimal digits") }
      value = value << 4 + UInt32(digit)
    }
    offset += 4
    return value
  }

  // MARK: Bytes

  private var peek: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  private mutating func consume(_ character: Unicode.Scalar) -> Bool {
    guard peek == UInt8(ascii: character) else { return false }
    offset += 1
    return true
  }

  private mutating func skipBlanks() {
    while let byte = peek, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { offset += 1 }
  }

  private func problem(_ message: String, at offset: Int? = nil) -> Problem {
    Problem(message: message, offset: offset ?? self.offset)
  }
}

/// The names of an object's members while it is parsed, to find one that appears twice.
///
/// Names are compared by their bytes after unescaping, so `"a"` and `"\u0061"` are the same. A few
/// names are compared one by one, which is faster than hashing; more go into a set.
private struct PlainMemberNames {
  private var few: [String] = []
  private var many: Set<[UInt8]> = []

  private static let scanned = 24

  /// Returns `false` iff the name was inserted before.
  mutating func insert(_ name: String) -> Bool {
    if many.isEmpty, few.count < Self.scanned {
      guard !few.contains(where: { $0.hasSameBytes(as: name) }) else { return false }
      few.append(name)
      return true
    }
    if many.isEmpty { many = Set(few.map { Array($0.utf8) }) }
    return many.insert(Array(name.utf8)).inserted
  }

  /// Returns the message about a name that appears twice; it quotes only a short name.
  static func problem(_ name: String) -> String {
    name.utf8.count > 64
      ? "a name appears twice in an object" : "\(JSON.string(name).text) appears twice in an object"
  }
}
