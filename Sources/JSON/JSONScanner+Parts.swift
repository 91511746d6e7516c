extension JSONScanner {
  /// Rows of a list that were read from one place to another, or to an error.
  private typealias ListPart = (rows: Result<JSONRowIndex, JSONParser.Problem>, end: Mark)

  /// Reads the rows of a list from here to its end, in up to that many parts at the same time. `bytes`
  /// are those of the text.
  mutating func rows(of bytes: [UInt8], inParts count: Int) throws(JSONParser.Problem)
    -> JSONRowIndex
  {
    let starts = TextParts.starts(count, in: offset..<end, startOfRow)
    if starts.count == 1 { return try rows(nil) }
    let read = TextParts.read(starts) { [mark] start, others in
      bytes.withUnsafeBufferPointer { text in
        var scanner = JSONScanner(text, mostValues: .max)
        scanner.mark = mark
        scanner.offset = start
        return scanner.part(until: others)
      }
    }
    var parts = Array(read.reversed())
    var index = JSONRowIndex()
    while let part = parts.popLast() {
      index.append(try part.rows.get())
      mark = part.end
    }
    hasStopped = index.endsWithOther
    return index
  }

  private mutating func part(until others: ArraySlice<Int>) -> (part: ListPart, next: Int?) {
    let rows = Result { () throws(JSONParser.Problem) in
      try self.rows(nil, until: PartEnd(others))
    }
    let isPart = hasStopped && (try? rows.get().endsWithOther) == false
    return ((rows, mark), isPart ? offset : nil)
  }

  /// Returns the first place from `start` on where there is what the row here begins with, as far as
  /// its first name.
  private func startOfRow(from start: Int) -> Int? {
    guard peek == UInt8(ascii: "{"),
      let quote = text.first(UInt8(ascii: "\""), in: offset..<min(offset + 64, end)),
      let close = text.first(UInt8(ascii: "\""), in: quote + 1..<min(quote + 64, end))
    else { return nil }
    var scanner = self
    scanner.offset = start
    while let bracket = text.first(UInt8(ascii: "{"), in: scanner.offset..<end) {
      scanner.offset = bracket
      if scanner.skip(offset..<close + 1) { return bracket }
      scanner.offset = bracket + 1
    }
    return nil
  }
}
