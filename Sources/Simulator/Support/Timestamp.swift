import FoundationEssentials

/// An instant with millisecond precision, as used by the API.
struct Timestamp: Hashable, Comparable, Sendable {
  /// Milliseconds since 1970-01-01T00:00:00Z.
  let milliseconds: Int64

  init(milliseconds: Int64) { self.milliseconds = milliseconds }

  /// Parses `2015-05-26T22:53:52.528Z`, with or without milliseconds, with `Z` or an offset.
  init?(_ text: String) {
    let styles = [true, false].map { Date.ISO8601FormatStyle(includingFractionalSeconds: $0) }
    guard let date = styles.lazy.compactMap({ try? $0.parse(text) }).first else { return nil }
    milliseconds = Int64((date.timeIntervalSince1970 * 1000).rounded())
  }

  /// Parses the only format that the list's `updated_after` accepts: `YYYY-MM-DDTHH:MM:SSZ`.
  init?(toTheSecond text: String) {
    let shape = text.utf8.map { (0x30...0x39).contains($0) ? UInt8(ascii: "9") : $0 }
    guard shape == Array("9999-99-99T99:99:99Z".utf8) else { return nil }
    self.init(text)
  }

  static func < (lhs: Self, rhs: Self) -> Bool { lhs.milliseconds < rhs.milliseconds }

  func adding(seconds: Int64) -> Timestamp {
    Timestamp(milliseconds: milliseconds + seconds * 1000)
  }

  /// `2015-05-26T22:53:52.528Z`
  var iso8601: String {
    Date.ISO8601FormatStyle(includingFractionalSeconds: true).format(date)
  }

  /// The same instant in Pacific standard time: `…T14:53:52.528-08:00`.
  var iso8601Pacific: String {
    adding(seconds: -8 * 3600).iso8601.dropLast() + "-08:00"
  }

  /// The format of the HTTP headers `Date` and `Retry-After`: `Tue, 26 May 2015 22:53:52 GMT`.
  var httpDate: String {
    let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    let text = iso8601
    let date = text.prefix(10).split(separator: "-")
    let day = days[Int(milliseconds / 86_400_000) % 7]
    let month = months[(Int(date[1]) ?? 1) - 1]
    return "\(day), \(date[2]) \(month) \(date[0]) \(text.dropFirst(11).prefix(8)) GMT"
  }

  // The format style truncates to milliseconds, and rounding errors could lose one.
  private var date: Date {
    Date(timeIntervalSince1970: Double(milliseconds) / 1000 + 0.0002)
  }
}
