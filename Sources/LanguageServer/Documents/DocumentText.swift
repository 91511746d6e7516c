/// A text in UTF-8 with the positions of the protocol: lines from 0, and columns in UTF-16 code units.
package struct DocumentText: Sendable {
  package private(set) var bytes: [UInt8]
  private var lineStarts: [Int]

  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
    lineStarts = Self.lineStarts(bytes)
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

  package func position(of offset: Int) -> Position {
    let offset = min(max(offset, 0), bytes.count)
    let line = lineIndex(of: offset)
    let before = bytes[lineStarts[line]..<offset]
    return Position(line: line, character: before.reduce(0) { $0 + Self.units($1) })
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
