extension JSONRows {
  /// Writes a row as ``JSONWriter`` would write its members.
  ///
  /// Most of a row is written as it was read, so its bytes are copied in long runs. A run ends before
  /// blanks, escapes and characters to escape, which ``JSONWriter`` would write differently.
  func write(_ row: Int, to writer: inout JSONWriter) {
    let (first, written) = (Int(index.rows[row].first), written(row))
    guard written.count > 0 else { return writer.append("{}") }
    bytes.withUnsafeBufferPointer { text in
      var copy = RunCopy(text)
      for slot in 0..<written.count {
        let place = Int(index.values[first + slot])
        copy.begin(at: place, behind: written, slot, &writer)
        copy.value(at: place, &writer)
      }
      copy.flush(&writer)
    }
    writer.append(UInt8(ascii: "}"))
  }

  /// The bytes before each value of a row as ``JSONWriter`` writes them.
  func written(_ row: Int) -> JSONRowIndex.Pieces { index.shapes[shape(of: row)].written }
}

/// Copies parts of a text, those that follow each other as one.
private struct RunCopy {
  private let text: UnsafeBufferPointer<UInt8>
  /// The range that hasn't been copied yet.
  private var run = 0..<0

  init(_ text: UnsafeBufferPointer<UInt8>) { self.text = text }

  mutating func flush(_ writer: inout JSONWriter) {
    writer.append(UnsafeBufferPointer(rebasing: text[run]))
  }

  /// Writes what comes before the value at `place`.
  mutating func begin(
    at place: Int, behind pieces: JSONRowIndex.Pieces, _ slot: Int, _ writer: inout JSONWriter
  ) {
    let piece = pieces.range(slot)
    let start = place - piece.count
    let isWritten = start >= 0 && pieces.isPiece(slot, in: text, at: start)
    if isWritten, start == run.upperBound {
      run = run.lowerBound..<place
    } else {
      flush(&writer)
      if !isWritten { pieces.write(slot, &writer) }
      run = (isWritten ? start : place)..<place
    }
  }

  mutating func value(at place: Int, _ writer: inout JSONWriter) {
    var builder = JSONBuilder(text, at: place)
    if let end = builder.endOfWritten(at: place) {
      run = run.lowerBound..<end
    } else {
      flush(&writer)
      builder.copy(to: &writer)
      run = builder.offset..<builder.offset
    }
  }
}
