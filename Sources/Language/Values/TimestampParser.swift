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

  private var offset = 0

  private init() {}

  /// Parses all of `text`; a date alone means midnight UTC.
  static func parse(_ text: String) throws(Problem) -> Timestamp {
    let (instant, isDate) = try parse(text.utf8Span.span)
    return Timestamp(microseconds: instant, lexeme: isDate ? nil : text)
  }

  /// Parses all of `text`, which is UTF-8. Returns microseconds since 1970, and whether it is a date
  /// alone.
  static func parse(_ text: Span<UInt8>) throws(Problem) -> (instant: Int64, isDate: Bool) {
    var parser = TimestampParser()
    let day = try parser.date(text)
    guard parser.offset < text.count else { return (day, true) }
    guard
      parser.consume("T", text) || parser.consume("t", text) || parser.consume(" ", text)
    else { throw .malformed }
    let time = try parser.time(text)
    let zone = try parser.zone(text)
    guard parser.offset == text.count else { throw .malformed }
    return (day + time - zone, false)
  }

  private mutating func date(_ text: Span<UInt8>) throws(Problem) -> Int64 {
    let year = try digits(4, text)
    try expect("-", text)
    let month = try digits(2, text)
    try expect("-", text)
    let day = try digits(2, text)
    guard let date = CivilDate(year: year, month: month, day: day) else { throw .noSuchDay }
    return Int64(date.daysSinceEpoch) * 86_400_000_000
  }

  private mutating func time(_ text: Span<UInt8>) throws(Problem) -> Int64 {
    let hour = try digits(2, text)
    try expect(":", text)
    let minute = try digits(2, text)
    try expect(":", text)
    let second = try digits(2, text)
    guard hour < 24, minute < 60, second < 61 else { throw .noSuchTime }
    let fraction = consume(".", text) ? try self.fraction(text) : 0
    return Int64(hour * 3600 + minute * 60 + second) * 1_000_000 + fraction
  }

  /// Parses one to nine digits; anything finer than a microsecond is cut off.
  private mutating func fraction(_ text: Span<UInt8>) throws(Problem) -> Int64 {
    let start = offset
    var (microseconds, unit): (Int64, Int64) = (0, 100_000)
    while offset < text.count, text[offset].isASCIIDigit {
      microseconds += Int64(text[offset] - UInt8(ascii: "0")) * unit
      unit /= 10
      offset += 1
    }
    guard (1...9).contains(offset - start) else { throw .malformed }
    return microseconds
  }

  private mutating func zone(_ text: Span<UInt8>) throws(Problem) -> Int64 {
    if consume("Z", text) || consume("z", text) { return 0 }
    let east = consume("+", text)
    guard east || consume("-", text) else {
      throw offset == text.count ? .missingZone : .malformed
    }
    let hours = try digits(2, text)
    _ = consume(":", text)
    let minutes = try digits(2, text)
    guard hours < 24, minutes < 60 else { throw .noSuchTime }
    return Int64(hours * 3600 + minutes * 60) * (east ? 1_000_000 : -1_000_000)
  }

  private mutating func digits(_ count: Int, _ text: Span<UInt8>) throws(Problem) -> Int {
    guard text.count - offset >= count else { throw .malformed }
    var value = 0
    for _ in 0..<count {
      guard text[offset].isASCIIDigit else { throw .malformed }
      value = value * 10 + Int(text[offset] - UInt8(ascii: "0"))
      offset += 1
    }
    return value
  }

  private mutating func expect(_ character: Unicode.Scalar, _ text: Span<UInt8>) throws(Problem) {
    guard consume(character, text) else { throw .malformed }
  }

  private mutating func consume(_ character: Unicode.Scalar, _ text: Span<UInt8>) -> Bool {
    guard offset < text.count, text[offset] == UInt8(ascii: character) else { return false }
    offset += 1
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

  /// Returns `true` iff `text` is an instant as the API writes it.
  package static func isISO8601(_ text: Span<UInt8>) -> Bool {
    PlainTimestamp.matches(text) || (try? TimestampParser.parse(text)) != nil
  }
}
