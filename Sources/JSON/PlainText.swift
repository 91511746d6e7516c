/// ASCII that a JSON string holds unescaped, whether it is read or written: no quotes, backslashes or
/// control characters.
package enum PlainText {
  /// Returns the first place in `start..<end` that is something else or the byte `stop`, or `end`.
  ///
  /// Eight bytes are looked at as one number. `(x &- 0x0101…) & ~x & 0x8080…` has a bit set for a
  /// byte of `x` that is zero, so `x` is the eight bytes XOR eight times the byte that is looked
  /// for. A carry may set a bit too many, but only above one that is right, and the lowest counts.
  /// Source: Sean Anderson, "Bit Twiddling Hacks", "Determine if a word has a zero byte".
  @inline(__always)
  package static func end(
    _ text: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int, orAt stop: UInt8 = 0x22
  ) -> Int {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let bytes = UnsafeRawBufferPointer(text)
    var offset = start
    while offset <= end - 8 {
      let eight = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self).littleEndian
      let quote = eight ^ (ones &* 0x22)
      let other = eight ^ (ones &* UInt64(stop))
      let backslash = eight ^ (ones &* 0x5C)
      let control = (eight &- ones &* 0x20) & ~eight
      let special =
        (quote &- ones) & ~quote | (other &- ones) & ~other | (backslash &- ones) & ~backslash
        | control
        | eight | (eight &+ ones)
      let found = special & (ones &* 0x80)
      if found != 0 { return offset + found.trailingZeroBitCount / 8 }
      offset += 8
    }
    while offset < end, isPlain(text[offset]), text[offset] != stop { offset += 1 }
    return offset
  }

  /// Returns the first place from `start` on that is something else or the byte `stop`, or the end.
  @inline(__always)
  package static func end(_ text: Span<UInt8>, from start: Int, orAt stop: UInt8 = 0x22) -> Int {
    text.withUnsafeBufferPointer { end($0, from: start, to: $0.count, orAt: stop) }
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    (0x20..<0x7F).contains(byte) && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
  }
}
