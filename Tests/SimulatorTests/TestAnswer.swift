import Simulator

/// An answer as a client reads it.
struct TestAnswer: Equatable {
  let status: Int
  let headers: [String: String]
  let body: [UInt8]

  var text: String { String(decoding: body, as: UTF8.self) }
  var json: JSONValue? { JSONValue(parsing: body) }

  /// The ids of a list, in its order.
  var ids: [Int64] { json?.array?.compactMap { $0["id"]?.integer } ?? [] }

  /// Returns the first whole answer in `bytes` and what follows it; `nil` where it is not whole.
  static func split(_ bytes: [UInt8], hasBody: Bool) -> (TestAnswer, [UInt8])? {
    guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
    let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
    guard let status = lines.first?.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
    else { return nil }
    let headers = headers(lines.dropFirst())
    let length = hasBody ? headers["content-length"].flatMap { Int($0) } ?? 0 : 0
    let rest = bytes[end.upperBound...]
    guard rest.count >= length else { return nil }
    let answer = TestAnswer(status: status, headers: headers, body: Array(rest.prefix(length)))
    return (answer, Array(rest.dropFirst(length)))
  }

  private static func headers(_ lines: ArraySlice<Substring>) -> [String: String] {
    let pairs = lines.compactMap { line -> (String, String)? in
      guard let colon = line.firstRange(of: ": ") else { return nil }
      return (line[..<colon.lowerBound].lowercased(), String(line[colon.upperBound...]))
    }
    return Dictionary(pairs) { first, _ in first }
  }
}
