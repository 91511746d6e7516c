import Text

/// Parses ISO 8601 dates and instants: `2026-01-31`, `2026-01-31T10:00:00.250+02:00`.
struct TimestampParser {
  /// The reasons why a text is not an instant.
  package enum Problem: Error, Hashable {
    case malformed
    case noSuchDay
    case noSuchTime
    case missingZone
  }

  private var rest: Substring.UTF8View

  private init(_ text: String) { rest = text[...].utf8 }

  /// Parses all of `text`; a date alone means midnight UTC.
  static func parse(_ text: String) throws(Problem) -> Timestamp {
    var parser = TimestampParser(text)
    let day = try parser.date()
    guard !parser.rest.isEmpty else { return Timestamp(microseconds: day, lexeme: nil) }
    guard parser.consume("T") || parser.consume("t") || parser.consume(" ") else {
      throw .malformed
    }
    let time = try parser.time()
    let offset = try parser.zone()
    guard parser.rest.isEmpty else { throw .malformed }
    return Timestamp(microseconds: day + time - offset, lexeme: text)
  }

  private mutating func date() throws(Problem) -> Int64 {
    let year = try digits(4)
    try expect("-")
    let month = try digits(2)
    try expect("-")
    let day = try digits(2)
    guard let date = CivilDate(year: year, month: month, day: day) else { throw .noSuchDay }
    return Int64(date.daysSinceEpoch) * 86_400_000_000
  }

  private mutating func time() throws(Problem) -> Int64 {
    let hour = try digits(2)
    try expect(":")
    let minute = try digits(2)
    try expect(":")
    let second = try digits(2)
    guard hour < 24, minute < 60, second < 61 else { throw .noSuchTime }
    let fraction = consume(".") ? try self.fraction() : 0
    return Int64(hour * 3600 + minute * 60 + second) * 1_000_000 + fraction
  }

  /// Parses one to nine digits; anything finer than a microsecond is cut off.
  private mutating func fraction() throws(Problem) -> Int64 {
    let digits = rest.prefix { $0.isASCIIDigit }
    guard (1...9).contains(digits.count) else { throw .malformed }
    rest = rest.dropFirst(digits.count)
    let six = (Array(digits) + Array(repeating: UInt8(ascii: "0"), count: 6)).prefix(6)
    return six.reduce(0) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) }
  }

  private mutating func zone() throws(Problem) -> Int64 {
    if consume("Z") || consume("z") { return 0 }
    let east = consume("+")
    guard east || consume("-") else { throw rest.isEmpty ? .missingZone : .malformed }
    let hours = try digits(2)
    _ = consume(":")
    let minutes = try digits(2)
    guard hours < 24, minutes < 60 else { throw .noSuchTime }
    return Int64(hours * 3600 + minutes * 60) * (east ? 1_000_000 : -1_000_000)
  }

  private mutating func digits(_ count: Int) throws(Problem) -> Int {
    let taken = rest.prefix(count)
    guard taken.count == count, taken.allSatisfy(\.isASCIIDigit) else { throw .malformed }
    rest = rest.dropFirst(count)
    return taken.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
  }

  private mutating func expect(_ character: Unicode.Scalar) throws(Problem) {
    guard consume(character) else { throw .malformed }
  }

  private mutating func consume(_ character: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: character) else { return false }
    rest = rest.dropFirst()
    return true
  }
}

extension UInt8 {
  var isASCIIDigit: Bool { (0x30...0x39).contains(self) }
  var isASCIILetter: Bool { (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self) }
  var isNameStart: Bool { isASCIILetter || self == UInt8(ascii: "_") }
  var isNamePart: Bool { isNameStart || isASCIIDigit }
}

extension Timestamp {
  /// Parses an instant as the API writes it; `nil` if `text` isn't one.
  package init?(iso8601 text: String) {
    guard let parsed = try? TimestampParser.parse(text) else { return nil }
    self.init(microseconds: parsed.microseconds, lexeme: text)
  }
}
