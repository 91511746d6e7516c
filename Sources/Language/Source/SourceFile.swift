import Text

/// A named text with an index of its lines.
package struct SourceFile: Sendable {
  package let name: String
  /// The offset of the first byte in the ``SourceMap``.
  package let base: Int
  package let bytes: [UInt8]
  private let lineStarts: [Int]
  /// The spans that were hidden, in order.
  private var hidden: [SourceSpan] = []

  package init(name: String, base: Int = 0, bytes: [UInt8]) {
    self.name = name
    self.base = base
    self.bytes = bytes
    var lineStarts = [0]
    for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
      lineStarts.append(offset + 1)
    }
    self.lineStarts = lineStarts
  }

  package init(name: String, text: String) {
    self.init(name: name, bytes: Array(text.utf8))
  }

  /// Returns the file with every byte of `spans` replaced by an asterisk; line breaks are kept.
  func hiding(_ spans: [SourceSpan]) -> SourceFile {
    var shown = bytes
    for span in spans {
      for index in (span.start - base)..<(span.end - base) where shown[index] != 0x0A {
        shown[index] = UInt8(ascii: "*")
      }
    }
    var file = SourceFile(name: name, base: base, bytes: shown)
    file.hidden = spans.sorted { $0.start < $1.start }
    return file
  }

  /// The bytes with one asterisk for each hidden span, whatever its length.
  package var blankedBytes: [UInt8] {
    var blanked: [UInt8] = []
    var position = 0
    for span in hidden where span.end - base > position {
      blanked += bytes[position..<max(position, span.start - base)] + [UInt8(ascii: "*")]
      position = span.end - base
    }
    return blanked + bytes[position...]
  }

  /// The span of the whole text.
  package var span: SourceSpan { SourceSpan(base, base + bytes.count) }

  /// Returns the text of `span`; invalid UTF-8 becomes U+FFFD.
  package func text(_ span: SourceSpan) -> String {
    let limits = 0...bytes.count
    let start = (span.start - base).clamped(to: limits)
    let end = (span.end - base).clamped(to: start...bytes.count)
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  /// Returns `true` iff a capital letter of ASCII is in `span`.
  func hasCapitals(in span: SourceSpan) -> Bool {
    bytes[(span.start - base)..<(span.end - base)].contains { (0x41...0x5A).contains($0) }
  }

  /// Returns the line and column, both from 1, of an offset; columns count Unicode scalars.
  package func position(of offset: Int) -> Position {
    let local = (offset - base).clamped(to: 0...bytes.count)
    let line = lineIndex(of: local)
    let before = String(decoding: bytes[lineStarts[line]..<local], as: UTF8.self)
    return Position(line: line + 1, column: before.unicodeScalars.count + 1)
  }

  /// Returns the span of line `number` (from 1) without its line break.
  package func line(_ number: Int) -> SourceSpan {
    let start = lineStarts[number - 1]
    var end = number < lineStarts.count ? lineStarts[number] - 1 : bytes.count
    if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return SourceSpan(base + start, base + end)
  }

  /// A place a person can find: line and column, both from 1.
  package struct Position: Hashable, Sendable {
    package let line: Int
    package let column: Int
  }

  private func lineIndex(of local: Int) -> Int {
    lineStarts.partitioningIndex { $0 > local } - 1
  }
}

extension Comparable {
  /// Returns the nearest value within `limits`.
  func clamped(to limits: ClosedRange<Self>) -> Self {
    min(max(self, limits.lowerBound), limits.upperBound)
  }
}
