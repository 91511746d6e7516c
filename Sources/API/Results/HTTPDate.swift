import Text

/// Parses an HTTP date in each of its three forms. Source: RFC 9110, 5.6.7.
///
/// The weekday isn't checked. The date counts only if its year is from 1970 to 9999.
package enum HTTPDate {
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// The parts of a date, as they are written.
  private struct Parts {
    let year, month, day, time: Substring
  }

  /// Returns the seconds since 1970, or `nil` if the text has another form.
  package static func seconds(_ text: String) -> Int64? {
    guard text.utf8.count <= 40, let parts = parts(text), let time = time(parts.time),
      let month = months.firstIndex(of: String(parts.month)), let day = number(parts.day),
      let year = year(parts.year), (1970...9999).contains(year),
      let date = CivilDate(year: year, month: month + 1, day: day)
    else { return nil }
    return Int64(date.daysSinceEpoch) * 86_400 + time
  }

  /// Returns `1994-11-06T08:49:37Z` for seconds since 1970.
  static func iso8601(_ seconds: Int64) -> String {
    let date = CivilDate(daysSinceEpoch: Int(seconds / 86_400))
    let time = Int(seconds % 86_400)
    let parts = [date.month, date.day, time / 3_600, time / 60 % 60, time % 60].map { number in
      (number < 10 ? "0" : "") + String(number)
    }
    return "\(date.year)-\(parts[0])-\(parts[1])T\(parts[2...].joined(separator: ":"))Z"
  }

  /// `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT` and
  /// `Sun Nov  6 08:49:37 1994`.
  private static func parts(_ text: String) -> Parts? {
    let words = text.split(separator: " ")
    if words.count == 6, words[0].hasSuffix(","), words[5] == "GMT" {
      return Parts(year: words[3], month: words[2], day: words[1], time: words[4])
    }
    if words.count == 4, words[0].hasSuffix(","), words[3] == "GMT" {
      let date = words[1].split(separator: "-", omittingEmptySubsequences: false)
      guard date.count == 3, date[2].utf8.count == 2 else { return nil }
      return Parts(year: date[2], month: date[1], day: date[0], time: words[2])
    }
    guard words.count == 5 else { return nil }
    return Parts(year: words[4], month: words[1], day: words[2], time: words[3])
  }

  /// A year of two digits is the one from 1970 to 2069.
  private static func year(_ text: Substring) -> Int? {
    number(text).map { text.utf8.count > 2 ? $0 : $0 < 70 ? 2000 + $0 : 1900 + $0 }
  }

  /// Returns the seconds since midnight of `08:49:37`.
  private static func time(_ text: Substring) -> Int64? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).compactMap(number)
    guard parts.count == 3, text.utf8.count == 8, (0..<24).contains(parts[0]),
      (0..<60).contains(parts[1]), (0...60).contains(parts[2])
    else { return nil }
    return Int64(parts[0] * 3_600 + parts[1] * 60 + parts[2])
  }

  /// Returns the number that is written in one to four digits.
  private static func number(_ text: Substring) -> Int? {
    guard (1...4).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    return Int(text)
  }
}
