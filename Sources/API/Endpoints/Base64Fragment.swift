/// The parts of base64 texts that prove that they hold certain bytes.
///
/// Base64 encodes three bytes as four characters, so the same bytes look different at each of three
/// offsets; the characters that also depend on neighbouring bytes are left out.
enum Base64Fragment {
  /// Returns the fragments for all offsets, in both alphabets. Source: RFC 4648, 4 and 5.
  static func all(of bytes: [UInt8]) -> [[UInt8]] {
    let standard = (0..<3).map { fragment(of: bytes, after: $0) }
    let other = standard.map { $0.map(urlSafe) }
    return standard + other.filter { !standard.contains($0) }
  }

  private static func fragment(of bytes: [UInt8], after offset: Int) -> [UInt8] {
    let padded = [UInt8](repeating: 0, count: offset) + bytes
    var characters: [UInt8] = []
    for character in 0..<(padded.count * 8 / 6) {
      let bit = character * 6
      let pair =
        UInt16(padded[bit / 8]) << 8
        | (bit / 8 + 1 < padded.count ? UInt16(padded[bit / 8 + 1]) : 0)
      characters.append(alphabet[Int(pair >> (10 - bit % 8)) & 0x3F])
    }
    return Array(characters.dropFirst((offset * 8 + 5) / 6))
  }

  private static func urlSafe(_ character: UInt8) -> UInt8 {
    switch character {
    case UInt8(ascii: "+"): UInt8(ascii: "-")
    case UInt8(ascii: "/"): UInt8(ascii: "_")
    default: character
    }
  }

  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// `true` iff the byte can be part of a base64 text.
  static func contains(_ byte: UInt8) -> Bool {
    alphabet.contains(byte) || "-_=".utf8.contains(byte)
  }
}
