/// Recognises the common instants, `2026-01-31T10:00:00.250Z`, without computing them.
enum PlainTimestamp {
  /// `true` for most instants; the others need ``TimestampParser``, such as those on the 31st.
  static func matches(_ text: Span<UInt8>) -> Bool {
    guard text.count > 19, isDate(text), text[10] == UInt8(ascii: "T"), isTime(text, at: 11) else {
      return false
    }
    return isZone(text, at: endOfFraction(text, at: 19))
  }

  private static func isDate(_ text: Span<UInt8>) -> Bool {
    isPair(text, at: 0, 0...99) && isPair(text, at: 2, 0...99)
      && text[4] == UInt8(ascii: "-") && isPair(text, at: 5, 1...12)
      && text[7] == UInt8(ascii: "-") && isPair(text, at: 8, 1...(isFebruary(text) ? 28 : 30))
  }

  private static func isFebruary(_ text: Span<UInt8>) -> Bool {
    text[5] == UInt8(ascii: "0") && text[6] == UInt8(ascii: "2")
  }

  private static func isTime(_ text: Span<UInt8>, at offset: Int) -> Bool {
    isPair(text, at: offset, 0...23) && text[offset + 2] == UInt8(ascii: ":")
      && isPair(text, at: offset + 3, 0...59) && text[offset + 5] == UInt8(ascii: ":")
      && isPair(text, at: offset + 6, 0...60)
  }

  private static func endOfFraction(_ text: Span<UInt8>, at offset: Int) -> Int {
    guard text[offset] == UInt8(ascii: ".") else { return offset }
    var end = offset + 1
    while end < text.count, text[end].isASCIIDigit { end += 1 }
    return (offset + 2...offset + 10).contains(end) ? end : text.count
  }

  private static func isZone(_ text: Span<UInt8>, at offset: Int) -> Bool {
    switch text.count - offset {
    case 1: text[offset] == UInt8(ascii: "Z")
    case 6:
      (text[offset] == UInt8(ascii: "+") || text[offset] == UInt8(ascii: "-"))
        && isPair(text, at: offset + 1, 0...23) && text[offset + 3] == UInt8(ascii: ":")
        && isPair(text, at: offset + 4, 0...59)
    default: false
    }
  }

  /// `true` iff two digits are a number in the range.
  @inline(__always)
  private static func isPair(_ text: Span<UInt8>, at offset: Int, _ range: ClosedRange<UInt8>)
    -> Bool
  {
    let (tens, ones) = (text[offset] &- 0x30, text[offset + 1] &- 0x30)
    return tens < 10 && ones < 10 && range.contains(tens * 10 + ones)
  }
}
