/// The escapes of JSON strings.
enum JSONEscape {
  /// Returns the character that a letter behind a backslash stands for; `nil` for `u`, and for
  /// letters without a meaning.
  static func byte(for letter: UInt8) -> UInt8? {
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): letter
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "f"): 0x0C
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "r"): 0x0D
    case UInt8(ascii: "t"): 0x09
    default: nil
    }
  }

  /// Returns the number that four hexadecimal digits stand for; `nil` if they aren't digits.
  static func hexadecimal(_ text: UnsafeBufferPointer<UInt8>, at start: Int) -> UInt32? {
    var value: UInt32 = 0
    for index in start..<(start + 4) {
      guard let digit = Character(Unicode.Scalar(text[index])).hexDigitValue else { return nil }
      value = value << 4 + UInt32(digit)
    }
    return value
  }

  /// Returns the UTF-8 that the content of a checked string stands for.
  static func unescaped(_ content: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var (bytes, index) = ([UInt8](), 0)
    bytes.reserveCapacity(content.count)
    while index < content.count {
      guard content[index] == UInt8(ascii: "\\") else {
        bytes.append(content[index])
        index += 1
        continue
      }
      bytes += scalar(in: content, &index).utf8
    }
    return bytes
  }

  /// Reads an escape, or the two of a surrogate pair.
  private static func scalar(in content: UnsafeBufferPointer<UInt8>, _ index: inout Int) -> String {
    if let byte = byte(for: content[index + 1]) {
      index += 2
      return String(Unicode.Scalar(byte))
    }
    let first = hexadecimal(content, at: index + 2) ?? 0
    index += 6
    if let scalar = Unicode.Scalar(first) { return String(scalar) }
    let second = hexadecimal(content, at: index + 2) ?? 0
    index += 6
    let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    return scalar.map { String($0) } ?? ""
  }
}
