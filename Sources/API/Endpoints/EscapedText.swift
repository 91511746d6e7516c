/// A text whose characters may be escaped as in JSON or percent-encoded, each on its own.
struct EscapedText {
  private let text: UnsafeBufferPointer<UInt8>
  /// `true` iff the text is probably JSON, where a quote that isn't escaped ends a string.
  private let isJSON: Bool

  init(_ text: UnsafeBufferPointer<UInt8>) {
    self.text = text
    isJSON = text.first { $0 > 0x20 }.map { $0 == 0x5B || $0 == 0x7B } ?? false
  }

  /// Returns the end of the text that starts at `start` and reads as `wanted`, or `nil`.
  func end(of wanted: [UInt8], at start: Int) -> Int? {
    var offset = start
    for (index, byte) in wanted.enumerated() {
      guard offset < text.count else { return nil }
      if Self.isSpecial(text[offset]) {
        return end(of: wanted[index...], from: [offset])
      }
      guard text[offset] == byte, !isJSON || byte != UInt8(ascii: "\"") else { return nil }
      offset += 1
    }
    return offset
  }

  private static func isSpecial(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "%") || byte == UInt8(ascii: "+")
  }

  /// Tries all readings of the text side by side: a backslash may be literal or begin an escape.
  private func end(of wanted: ArraySlice<UInt8>, from start: Set<Int>) -> Int? {
    var places = [wanted.startIndex: start]
    for index in wanted.indices {
      for place in places[index] ?? [] where place < text.count {
        for way in ways(at: place, as: wanted[index]) {
          guard wanted[index...].starts(with: way.bytes) else { continue }
          places[index + way.bytes.count, default: []].insert(way.next)
        }
      }
      places[index] = nil
      if places.isEmpty { return nil }
    }
    return places[wanted.endIndex]?.max()
  }

  /// The bytes that the text at a place can stand for, with the place after them.
  private typealias Reading = (bytes: [UInt8], next: Int)

  private func ways(at place: Int, as byte: UInt8) -> [Reading] {
    let plain: Reading = ([text[place]], place + 1)
    if isJSON, text[place] == UInt8(ascii: "\"") { return [] }
    guard Self.isSpecial(text[place]) else { return [plain] }
    var ways = [plain] + (1...2).compactMap { reading(at: place, level: $0) }
    ways += (0...1).compactMap { percent(at: place, level: $0) }
    if text[place] == UInt8(ascii: "+"), byte == UInt8(ascii: " ") {
      ways.append(([byte], place + 1))
    }
    return ways
  }

  /// Reads a character of a text that is escaped as JSON as often as `level` says.
  private func reading(at place: Int, level: Int) -> Reading? {
    guard place < text.count else { return nil }
    guard level > 0 else { return ([text[place]], place + 1) }
    guard let first = reading(at: place, level: level - 1) else { return nil }
    guard first.bytes == [UInt8(ascii: "\\")] else { return first }
    return escape(at: first.next, level: level - 1) ?? first
  }

  // MARK: Percent-encoding

  /// Reads `%41`, each character of which may be escaped.
  private func percent(at place: Int, level: Int) -> Reading? {
    guard let sign = reading(at: place, level: level), sign.bytes == [UInt8(ascii: "%")],
      let digits = hexadecimal(at: sign.next, count: 2, level: level)
    else { return nil }
    return ([UInt8(digits.value)], digits.next)
  }

  // MARK: JSON

  /// The length of the escape at a backslash, so far as it isn't malformed.
  func escapeLength(at place: Int) -> Int {
    guard place + 1 < text.count else { return 1 }
    let isUnit =
      text[place + 1] == UInt8(ascii: "u") && hexadecimal(at: place + 2, count: 4, level: 0) != nil
    return isUnit ? 6 : 2
  }

  /// Reads the rest of an escape of JSON, after its backslash. Source: RFC 8259, 7.
  private func escape(at place: Int, level: Int) -> Reading? {
    guard let kind = reading(at: place, level: level), let byte = kind.bytes.first else {
      return nil
    }
    if byte == UInt8(ascii: "u") { return scalar(at: kind.next, level: level) }
    return Self.escapes[byte].map { ([$0], kind.next) }
  }

  private static let escapes: [UInt8: UInt8] = Dictionary(
    uniqueKeysWithValues: zip("\"\\/bfnrt".utf8, "\"\\/\u{8}\u{C}\n\r\t".utf8))

  /// Reads the digits of a UTF-16 code unit, or of the two of a surrogate pair.
  private func scalar(at place: Int, level: Int) -> Reading? {
    guard let first = hexadecimal(at: place, count: 4, level: level) else { return nil }
    guard first.value & 0xFC00 == 0xD800 else { return Self.reading(first.value, first.next) }
    guard let slash = reading(at: first.next, level: level), slash.bytes == [UInt8(ascii: "\\")],
      let letter = reading(at: slash.next, level: level), letter.bytes == [UInt8(ascii: "u")],
      let second = hexadecimal(at: letter.next, count: 4, level: level),
      second.value & 0xFC00 == 0xDC00
    else { return nil }
    return Self.reading(
      0x10000 + (first.value & 0x3FF) << 10 + (second.value & 0x3FF), second.next)
  }

  private static func reading(_ value: UInt32, _ next: Int) -> Reading? {
    Unicode.Scalar(value).map { (Array(String($0).utf8), next) }
  }

  private func hexadecimal(at place: Int, count: Int, level: Int) -> (value: UInt32, next: Int)? {
    var (value, next) = (UInt32(0), place)
    for _ in 0..<count {
      guard let character = reading(at: next, level: level),
        let digit = character.bytes.first.flatMap(Self.digit)
      else { return nil }
      (value, next) = (value << 4 | UInt32(digit), character.next)
    }
    return (value, next)
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46, 0x61...0x66: (byte | 0x20) - 0x57
    default: nil
    }
  }

  // MARK: Base64

  /// Returns the whole base64 text around a part of it, as far as it begins at `start` or later.
  func base64(around part: Range<Int>, after start: Int) -> Range<Int> {
    var (lower, upper) = (part.lowerBound, part.upperBound)
    while lower > start, Base64Fragment.contains(text[lower - 1]), !isInEscape(lower - 1) {
      lower -= 1
    }
    while upper < text.count, Base64Fragment.contains(text[upper]) { upper += 1 }
    return lower..<upper
  }

  /// `true` iff the byte may be the last of an escape such as `\n`, which must stay whole.
  private func isInEscape(_ place: Int) -> Bool {
    text[max(0, place - 5)..<place].contains(UInt8(ascii: "\\"))
  }
}
