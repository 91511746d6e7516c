import JSON

/// A complete answer from the server.
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

  /// `true` iff the body is a web page, such as a sign-in page.
  var isHTML: Bool {
    let start = body.drop { $0 == 0x20 || (0x09...0x0D).contains($0) }.prefix(1)
    return header("content-type")?.lowercased().contains("text/html") ?? false
      || start.elementsEqual("<".utf8)
  }

  /// The scheme and host of a redirect, without anything that may be secret.
  var redirectOrigin: String {
    guard let location = header("location"), let scheme = location.firstRange(of: "://") else {
      return "an unknown location"
    }
    let host = location[scheme.upperBound...].prefix { !"/?#".contains($0) }
    return String(location[..<scheme.upperBound] + (host.split(separator: "@").last ?? ""))
  }

  /// The server's own text: its message, its field errors and the id of a server error.
  var message: String? {
    guard let json = try? JSONParser.parse(body), let object = json.object else { return nil }
    let parts = [
      object["message"]?.string, object["errors"].map(Self.fieldErrors),
      status >= 500 ? object["id"]?.string.map { "id \($0)" } : nil,
    ]
    let text = parts.compactMap { $0 }.joined(separator: "; ")
    return text.isEmpty ? nil : text
  }

  /// Formats `{"errors":{"field":["…"]}}` as `field: …`.
  private static func fieldErrors(_ errors: JSON) -> String {
    guard let object = errors.object else { return errors.string ?? errors.text }
    return object.members.map { member in
      let texts = (member.value.array ?? [member.value]).map { $0.string ?? $0.text }
      return "\(member.name): \(texts.joined(separator: ", "))"
    }.joined(separator: "; ")
  }

  /// Seconds from `Retry-After`, which is a number or a date relative to the answer's own `Date`.
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
