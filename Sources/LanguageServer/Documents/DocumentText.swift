/// A text in UTF-8 with the positions of the protocol: lines from 0, and columns in UTF-16 code units.
package struct DocumentText: Sendable {
  package private(set) var bytes: [UInt8]
  private let lineStarts: [Int]
  /// The number of UTF-16 code units before each block of bytes, so that a column far into a line is
  /// found without counting from its start.
  private let unitsBefore: [Int]
  /// The size of a block in bytes.
  private static let block = 128

  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
    lineStarts = Self.lineStarts(bytes)
    unitsBefore = Self.unitsBefore(bytes)
  }

  package struct Position: Hashable, Comparable, Sendable {
    package let line: Int
    package let character: Int

    package init(line: Int, character: Int) {
      self.line = line
      self.character = character
    }

    package static func < (lhs: Self, rhs: Self) -> Bool {
      (lhs.line, lhs.character) < (rhs.line, rhs.character)
    }
  }

  /// The number of lines; a text that ends with a line break has an empty last line.
  package var lineCount: Int { lineStarts.count }
  /// The lines without their line breaks.
  var lines: [ArraySlice<UInt8>] { (0..<lineCount).map { bytes[content(ofLine: $0)] } }
  /// The line break of the first line; `\n` if there is none.
  var lineBreak: String {
    guard lineCount > 1 else { return "\n" }
    return String(decoding: bytes[content(ofLine: 0).upperBound..<lineStarts[1]], as: UTF8.self)
  }

  /// Replaces the text between two positions, in either order.
  package mutating func replace(_ first: Position, _ second: Position, with text: [UInt8]) {
    let range = offset(of: min(first, second))..<offset(of: max(first, second))
    self = DocumentText(Array(bytes[..<range.lowerBound]) + text + bytes[range.upperBound...])
  }

  /// Returns the offset of a position. One behind the end of its line is the end of the line; one
  /// inside a character is the start of the character.
  package func offset(of position: Position) -> Int {
    guard position.line < lineCount else { return bytes.count }
    guard position.line >= 0 else { return 0 }
    let line = content(ofLine: position.line)
    var units = 0
    for offset in line where bytes[offset] & 0xC0 != 0x80 {
      units += Self.units(bytes[offset])
      if units > position.character { return offset }
    }
    return line.upperBound
  }

  /// Returns the position of an offset. One inside a line break is the end of the line.
  package func position(of offset: Int) -> Position {
    let line = lineIndex(of: offset)
    let content = content(ofLine: line)
    let end = min(max(offset, content.lowerBound), content.upperBound)
    return Position(line: line, character: units(before: end) - units(before: content.lowerBound))
  }

  private func units(before offset: Int) -> Int {
    let block = offset / Self.block
    return bytes[(block * Self.block)..<offset].reduce(unitsBefore[block]) { $0 + Self.units($1) }
  }

  /// Returns the offsets of a line without its line break.
  package func content(ofLine line: Int) -> Range<Int> {
    let start = lineStarts[line]
    var end = line + 1 < lineCount ? lineStarts[line + 1] : bytes.count
    while line + 1 < lineCount, end > start, Self.isBreak(bytes[end - 1]) { end -= 1 }
    return start..<end
  }

  /// Returns the UTF-16 code units that a byte begins; 0 for the later bytes of a character.
  private static func units(_ byte: UInt8) -> Int {
    byte & 0xC0 == 0x80 ? 0 : byte >= 0xF0 ? 2 : 1
  }

  private static func unitsBefore(_ bytes: [UInt8]) -> [Int] {
    var (total, counts) = (0, [Int]())
    counts.reserveCapacity(bytes.count / block + 1)
    for (index, byte) in bytes.enumerated() {
      if index % block == 0 { counts.append(total) }
      total += units(byte)
    }
    return bytes.count % block == 0 ? counts + [total] : counts
  }

  private static func isBreak(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

  /// Lines end with `\n`, `\r\n` or `\r`.
  private static func lineStarts(_ bytes: [UInt8]) -> [Int] {
    var starts = [0]
    for index in bytes.indices where isBreak(bytes[index]) {
      let isPair = bytes[index] == 0x0D && index + 1 < bytes.count && bytes[index + 1] == 0x0A
      if !isPair { starts.append(index + 1) }
    }
    return starts
  }

  private func lineIndex(of offset: Int) -> Int {
    var (low, high) = (0, lineCount)
    while low + 1 < high {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }
}
