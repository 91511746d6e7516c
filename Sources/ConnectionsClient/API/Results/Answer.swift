/// A complete answer of the server.
package struct Answer: Hashable, Sendable {
  package let status: Int
  package let headers: [Header]
  package let body: [UInt8]

  package struct Header: Hashable, Sendable {
    package let name: String
    package let value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  package init(status: Int, headers: [Header] = [], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  func header(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }

  var isSuccess: Bool { (200..<300).contains(status) }

  /// `true` iff the body is a web page, as a sign-in page is.
  var isHTML: Bool {
    let start = body.drop { $0 == 0x20 || (0x09...0x0D).contains($0) }.prefix(1)
    return header("content-type")?.lowercased().contains("text/html") ?? false
      || start.elementsEqual("<".utf8)
  }

  /// The scheme and host of a redirect, and no more of it.
  var redirectOrigin: String {
    guard let location = header("location"), let scheme = location.firstRange(of: "://") else {
      return "an unnamed place"
    }
    let host = location[scheme.upperBound...].prefix { !"/?#".contains($0) }
    return String(location[..<scheme.upperBound] + (host.split(separator: "@").last ?? ""))
  }

  /// The server's own words: its message, its field errors, and the id of a server error.
  var message: String? {
    guard let json = try? JSONParser.parse(body), let object = json.object else { return nil }
    let parts = [
      object["message"]?.string, object["errors"].map(Self.fieldErrors),
      status >= 500 ? object["id"]?.string.map { "id \($0)" } : nil,
    ]
    let words = parts.compactMap { $0 }.joined(separator: "; ")
    return words.isEmpty ? nil : words
  }

  /// `{"errors":{"field":["…"]}}` as `field: …`.
  private static func fieldErrors(_ errors: JSON) -> String {
    guard let object = errors.object else { return errors.string ?? errors.text }
    return object.members.map { member in
      let texts = (member.value.array ?? [member.value]).map { $0.string ?? $0.text }
      return "\(member.name): \(texts.joined(separator: ", "))"
    }.joined(separator: "; ")
  }

  /// Seconds from `Retry-After`: a number, or a date read against the answer's own `Date`.
  ///
  /// Source: RFC 9110, 10.2.3.
  var retryAfter: Double? {
    guard let text = header("retry-after") else { return nil }
    if let seconds = Double(text) { return seconds >= 0 && seconds.isFinite ? seconds : nil }
    guard let then = HTTPDate.seconds(text), let now = header("date").flatMap(HTTPDate.seconds)
    else { return nil }
    return Double(max(0, then - now))
  }
}

/// A date of HTTP, such as `Sun, 06 Nov 1994 08:49:37 GMT`. Source: RFC 9110, 5.6.7.
enum HTTPDate {
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// Returns the seconds since 1970, or `nil` for a text of another form.
  static func seconds(_ text: String) -> Int64? {
    let words = text.split { " ,:".contains($0) }
    guard words.count == 8, words[7] == "GMT", let month = months.firstIndex(of: String(words[2])),
      let day = Int64(words[1]), let year = Int64(words[3]), let hour = Int64(words[4]),
      let minute = Int64(words[5]), let second = Int64(words[6]), (1...31).contains(day),
      (1970...9999).contains(year), (0..<24).contains(hour), (0..<60).contains(minute),
      (0...60).contains(second)
    else { return nil }
    return days(year, Int64(month + 1), day) * 86_400 + hour * 3_600 + minute * 60 + second
  }

  /// Days since 1970-01-01 in the Gregorian calendar, counted in years that begin in March.
  private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let years = month > 2 ? year : year - 1
    let inYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    return years * 365 + years / 4 - years / 100 + years / 400 + inYear - 719_468
  }
}
