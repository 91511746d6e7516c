import JSON
import Text

/// A complete answer from the server.
package struct Answer: Hashable, Sendable {
  package let status: Int
  package let headers: [Header]
  package let body: [UInt8]
  /// The encoding of a body that can't be decoded, as the server names it; the body is as it arrived.
  package let unknownCoding: String?

  package struct Header: Hashable, Sendable {
    package let name: String
    package let value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  package init(
    status: Int, headers: [Header] = [], body: [UInt8] = [], unknownCoding: String? = nil
  ) {
    self.status = status
    self.headers = headers
    self.body = body
    self.unknownCoding = unknownCoding
  }

  func header(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }

  var isSuccess: Bool { (200..<300).contains(status) }

  /// `true` iff a success doesn't say what was done: it is empty, `null` or `OK`, or has the status 202
  /// (accepted, but not done yet).
  func saysNothing(_ json: JSON?) -> Bool {
    if status == 202 || json == .null { return true }
    let text = json?.string ?? String(decoding: body.prefix(16), as: UTF8.self)
    let word = text.filter { !$0.isWhitespace }.lowercased()
    return word.isEmpty ? body.allSatisfy(Self.isBlank) || json != nil : word == "ok"
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
  }

  /// `true` iff the body is a web page, such as a sign-in page.
  var isHTML: Bool {
    let start = body.drop(while: Self.isBlank).prefix(1)
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

  /// Seconds from `Retry-After`, which is digits only, or a date relative to the answer's own `Date`.
  ///
  /// Source: RFC 9110, 10.2.3.
  var retryAfter: Double? {
    guard let text = header("retry-after")?.trimmingBlanks() else { return nil }
    if let seconds = Self.seconds(text) { return seconds }
    guard let then = HTTPDate.seconds(text),
      let now = header("date").flatMap(HTTPDate.seconds)
    else { return nil }
    return Double(max(0, then - now))
  }

  /// Seconds for which the server asks that nothing be sent: those of a 429 or 503 with `Retry-After`.
  package var requestedPause: Double? { [429, 503].contains(status) ? retryAfter : nil }

  /// The error of a pause that is too long to be waited for.
  var longPause: ClientError? {
    guard let seconds = requestedPause, seconds > Backoff.longestAsked else { return nil }
    let end = header("date").flatMap(HTTPDate.seconds).map { $0 + Int64(min(seconds, 1e10)) }
    return .comeBack(seconds: seconds, end: end)
  }

  private static func seconds(_ text: String) -> Double? {
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return Double(text).flatMap { $0.isFinite ? $0 : nil }
  }
}
