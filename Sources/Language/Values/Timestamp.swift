import Text

/// An instant with microsecond precision, and the text it was read from.
///
/// Two timestamps are equal when their instants are, whatever their offsets.
package struct Timestamp: Sendable {
  /// Microseconds since 1970-01-01T00:00:00Z.
  package let microseconds: Int64
  /// The text it was parsed from; `nil` if it was computed.
  package let lexeme: String?

  package init(microseconds: Int64, lexeme: String? = nil) {
    self.microseconds = microseconds
    self.lexeme = lexeme
  }
}

extension Timestamp: Hashable, Comparable {
  package static func == (lhs: Self, rhs: Self) -> Bool { lhs.microseconds == rhs.microseconds }
  package static func < (lhs: Self, rhs: Self) -> Bool { lhs.microseconds < rhs.microseconds }
  package func hash(into hasher: inout Hasher) { hasher.combine(microseconds) }
}

extension Timestamp: CustomStringConvertible {
  /// The original text, or else UTC: `2026-01-31T10:00:00Z`, with a fraction if there is one.
  package var description: String { lexeme ?? iso8601 }

  /// The instant in UTC, with milliseconds or microseconds only if they aren't zero.
  package var iso8601: String {
    let fraction = Int(microseconds.modulo(1_000_000))
    guard fraction != 0 else { return "\(seconds)Z" }
    let digits = fraction % 1000 == 0 ? (fraction / 1000, 3) : (fraction, 6)
    return "\(seconds).\(padded(digits.0, digits.1))Z"
  }

  /// The instant in UTC to the second, `YYYY-MM-DDTHH:MM:SSZ`, as the API's `updated_after`
  /// requires.
  package var iso8601Seconds: String { seconds + "Z" }

  /// The date in UTC: `2026-01-31`.
  package var date: String {
    let day = CivilDate(daysSinceEpoch: Int(microseconds.floorDivided(by: 86_400_000_000)))
    return "\(padded(day.year, 4))-\(padded(day.month, 2))-\(padded(day.day, 2))"
  }

  private var seconds: String {
    let time = Int(microseconds.modulo(86_400_000_000) / 1_000_000)
    let clock = [time / 3600, time / 60 % 60, time % 60].map { padded($0, 2) }
    return date + "T" + clock.joined(separator: ":")
  }
}
