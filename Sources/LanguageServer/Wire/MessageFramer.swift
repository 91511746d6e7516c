/// Splits a stream of bytes into messages, each after a header with its `Content-Length`.
///
/// Bytes that belong to no message are skipped up to the next header, so one wrong length doesn't
/// end the conversation.
struct MessageFramer {
  /// The maximum size of a message in bytes.
  static let maxBytes = 64 << 20
  /// The maximum size of a header in bytes.
  private static let maxHeader = 64 << 10
  private static let separator = Array("\r\n\r\n".utf8)
  private static let name = Array("content-length:".utf8)

  private var buffer: [UInt8] = []
  /// The length of the message whose header has been read.
  private var expected: Int?

  mutating func append(_ bytes: [UInt8]) { buffer += bytes }

  /// Returns the next whole message, or `nil` if more bytes are needed.
  mutating func next() -> [UInt8]? {
    while expected == nil, let header = nextHeader() { expected = Self.length(in: header) }
    guard let length = expected, buffer.count >= length else { return nil }
    expected = nil
    defer { buffer.removeFirst(length) }
    return Array(buffer.prefix(length))
  }

  /// Removes and returns everything up to the empty line after a header.
  private mutating func nextHeader() -> [UInt8]? {
    guard let end = buffer.firstIndex(of: Self.separator) else {
      if buffer.count > Self.maxHeader { buffer.removeFirst(buffer.count - 64) }
      return nil
    }
    defer { buffer.removeFirst(end + Self.separator.count) }
    return Array(buffer.prefix(end))
  }

  /// Returns the last length in a header, or `nil` if there is none that is allowed.
  private static func length(in header: [UInt8]) -> Int? {
    let lowered = header.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    guard let start = lowered.lastIndex(of: name) else { return nil }
    let rest = header[(start + name.count)...].prefix { $0 != UInt8(ascii: "\r") }
    let digits = rest.filter { $0 != UInt8(ascii: " ") }
    guard let length = Int(String(decoding: digits, as: UTF8.self)), length >= 0 else { return nil }
    return length <= maxBytes ? length : nil
  }
}

extension [UInt8] {
  /// Returns the first offset at which `pattern` begins.
  fileprivate func firstIndex(of pattern: [UInt8]) -> Int? {
    guard count >= pattern.count else { return nil }
    return (0...(count - pattern.count)).first { self[$0...].starts(with: pattern) }
  }

  /// Returns the last offset at which `pattern` begins.
  fileprivate func lastIndex(of pattern: [UInt8]) -> Int? {
    guard count >= pattern.count else { return nil }
    return (0...(count - pattern.count)).last { self[$0...].starts(with: pattern) }
  }
}
