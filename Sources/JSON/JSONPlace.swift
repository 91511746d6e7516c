import Glibc

/// A value in a JSON text that has been checked. It is decoded only on access.
package struct JSONPlace: Sendable {
  private let rows: JSONRows
  private let offset: Int

  init(_ rows: JSONRows, _ offset: Int) {
    self.rows = rows
    self.offset = offset
  }

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
  }

  package var kind: Kind { Kind(firstByte: rows.bytes[offset]) }

  package var value: JSON {
    rows.bytes.withUnsafeBufferPointer { text in
      var builder = JSONBuilder(text, at: offset)
      return builder.value()
    }
  }

  /// Returns whether `body` accepts the UTF-8 of a string; `nil` for any other value.
  package func withText(_ body: (Span<UInt8>) -> Bool) -> Bool? {
    rows.bytes.withUnsafeBufferPointer { text in
      var builder = JSONBuilder(text, at: offset)
      return kind == .string ? builder.withString { body($0.span) } : nil
    }
  }

  /// Returns whether `body` accepts the UTF-8 of an element of an array of strings; `nil` for any
  /// other value.
  package func contains(_ body: (Span<UInt8>) -> Bool) -> Bool? {
    rows.bytes.withUnsafeBufferPointer { text in
      var builder = JSONBuilder(text, at: offset)
      return kind == .array ? builder.contains(body) : nil
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
