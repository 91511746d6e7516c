import Glibc

/// The offset of a value in the text of ``JSONRows``, which decodes the value on access.
package struct JSONPlace: Sendable {
  let offset: Int

  package enum Kind: Sendable {
    case null, bool, number, string, array, object

    /// The kind of a value, which its first byte tells.
    init(firstByte: UInt8) {
      switch firstByte {
      case UInt8(ascii: "n"): self = .null
      case UInt8(ascii: "t"), UInt8(ascii: "f"): self = .bool
      case UInt8(ascii: "\""): self = .string
      case UInt8(ascii: "["): self = .array
      case UInt8(ascii: "{"): self = .object
      default: self = .number
      }
    }
  }

  /// Some kinds, recognised by the first byte of a value.
  package struct Kinds: Sendable {
    let firstBytes: [Bool]

    package init(_ kinds: Set<Kind>) {
      firstBytes = (0...255).map { kinds.contains(Kind(firstByte: $0)) }
    }

    package static let all = Kinds([.null, .bool, .number, .string, .array, .object])
  }
}

extension JSONRows {
  package func kind(at place: JSONPlace) -> JSONPlace.Kind { .init(firstByte: bytes[place.offset]) }

  package func value(at place: JSONPlace) -> JSON { withBuilder(at: place) { $0.value() } }

  /// Returns whether `body` accepts the UTF-8 of a string; `nil` for any other value.
  package func withText(at place: JSONPlace, _ body: (Span<UInt8>) -> Bool) -> Bool? {
    guard kind(at: place) == .string else { return nil }
    return withBuilder(at: place) { $0.withString { body($0.span) } }
  }

  /// Returns whether `body` accepts the text of a scalar that is written as it is: a string without
  /// escapes, of ASCII alone, or a word such as `12` or `true`; `nil` for any other value.
  package func withPlainText(at place: JSONPlace, _ body: (Span<UInt8>) -> Bool) -> Bool? {
    withBuilder(at: place) { builder in builder.plainText().map { body($0.span) } }
  }

  /// Returns whether `body` accepts the UTF-8 of an element of an array of strings; `nil` for any
  /// other value.
  package func contains(at place: JSONPlace, _ body: (Span<UInt8>) -> Bool) -> Bool? {
    guard kind(at: place) == .array else { return nil }
    return withBuilder(at: place) { $0.contains(body) }
  }

  @inline(__always)
  private func withBuilder<T>(at place: JSONPlace, _ body: (inout JSONBuilder) -> T) -> T {
    bytes.withUnsafeBufferPointer { text in
      var builder = JSONBuilder(text, at: place.offset)
      return body(&builder)
    }
  }
}

extension Span<UInt8> {
  /// Returns `true` iff the bytes are the same.
  package func hasSameBytes(as other: [UInt8]) -> Bool {
    withUnsafeBufferPointer { bytes in
      guard bytes.count == other.count, let start = bytes.baseAddress else {
        return bytes.count == other.count
      }
      return memcmp(start, other, bytes.count) == 0
    }
  }
}
