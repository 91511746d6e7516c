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
