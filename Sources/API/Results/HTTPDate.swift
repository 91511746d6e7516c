import Text

/// Parses an HTTP date, such as `Sun, 06 Nov 1994 08:49:37 GMT`. Source: RFC 9110, 5.6.7.
package enum HTTPDate {
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// Returns the seconds since 1970, or `nil` if the text has another form.
  package static func seconds(_ text: String) -> Int64? {
    let words = text.split { " ,:".contains($0) }
    guard words.count == 8, words[7] == "GMT", let month = months.firstIndex(of: String(words[2])),
      let day = Int(words[1]), let year = Int(words[3]), let hour = Int64(words[4]),
      let minute = Int64(words[5]), let second = Int64(words[6]),
      let date = CivilDate(year: year, month: month + 1, day: day), (1970...9999).contains(year),
      (0..<24).contains(hour), (0..<60).contains(minute),
      (0...60).contains(second)
    else { return nil }
    return Int64(date.daysSinceEpoch) * 86_400 + hour * 3_600 + minute * 60 + second
  }
}
