extension JSONScanner {
  /// Tells whether an object is one of those that a list has, by its members.
  typealias ElementCheck = JSONParser.ElementCheck

  /// Reads a text: one value, with blanks around it, behind a byte order mark or without one.
  /// Returns the rows if the value is a list or an object with the list `result`.
  mutating func document(_ isElement: ElementCheck?) throws(JSONParser.Problem) -> JSONRowIndex? {
    skipBlanks()
    var rows: JSONRowIndex?
    switch peek {
    case UInt8(ascii: "["): rows = try list(isElement)
    case UInt8(ascii: "{"): rows = try wrappedList(isElement)
    default: try value()
    }
    if hasStopped { return rows }
    skipBlanks()
    guard isAtEnd else { throw problem("unexpected text after the value") }
    return rows
  }

  private mutating func wrappedList(_ isElement: ElementCheck?) throws(JSONParser.Problem)
    -> JSONRowIndex?
  {
    var rows: JSONRowIndex?
    try count()
    try object { scanner, name throws(JSONParser.Problem) in
      if scanner.peek == UInt8(ascii: "["), scanner.string(at: name.lowerBound) == "result" {
        rows = try scanner.list(isElement)
      } else {
        try scanner.value()
      }
    }
    return rows
  }

  /// Reads a list of objects, as far as `isElement` accepts them. Reads any other array, too, unless
  /// `isElement` is there, and returns `nil` for it.
  private mutating func list(_ isElement: ElementCheck?) throws(JSONParser.Problem)
    -> JSONRowIndex?
  {
    let before = mark
    var index = JSONRowIndex()
    try count()
    try enter()
    if try !closes("]", first: true) {
      skipBlanks()
      index = try rowsToEnd(isElement)
    }
    mark.depth -= 1
    if index.endsWithOther, isElement == nil {
      mark = before
      hasStopped = false
      try value()
      return nil
    }
    index.range = before.offset..<offset
    index.endsText = hasStopped
    return index
  }

  private mutating func rowsToEnd(_ isElement: ElementCheck?) throws(JSONParser.Problem)
    -> JSONRowIndex
  {
    guard let parts else { return try rows(isElement) }
    return try rows(of: parts.bytes, inParts: parts.count)
  }

  /// Reads the rows of a list from here to its end, or to the start of another part.
  private mutating func rows(_ isElement: ElementCheck?, until end: PartEnd = PartEnd([]))
    throws(JSONParser.Problem) -> JSONRowIndex
  {
    var (index, end) = (JSONRowIndex(), end)
    try elements { scanner throws(JSONParser.Problem) in
      if end.isReached(at: scanner.offset) {
        scanner.hasStopped = true
      } else if scanner.peek == UInt8(ascii: "{") {
        try scanner.row(&index)
        scanner.hasStopped = isElement.map { !scanner.accepts(index, $0) } ?? false
      } else {
        index.endsWithOther = true
        scanner.hasStopped = true
      }
    }
    return index
  }

  private func accepts(_ index: JSONRowIndex, _ isElement: ElementCheck) -> Bool {
    isElement { name in
      index.place(of: name, in: index.rows.count - 1).map { place in
        var builder = builder(at: place)
        return builder.value()
      }
    }
  }

  // MARK: Rows

  /// Reads an object, and adds it to the index.
  mutating func row(_ index: inout JSONRowIndex) throws(JSONParser.Problem) {
    if index.rows.count == 1_000 { index.reserve(upTo: text.count, from: offset) }
    if let last = index.rows.last, try isRow(like: Int(last.shape), &index) { return }
    let first = index.values.count
    var (names, separators, start) = ([Range<Int>](), [Range<Int>](), offset)
    try count()
    try object { scanner, name throws(JSONParser.Problem) in
      names.append(name)
      separators.append(start..<scanner.offset)
      index.values.append(UInt32(scanner.offset))
      try scanner.value()
      start = scanner.offset
    }
    index.add(
      key: names.flatMap(bytes), names: names.map { string(at: $0.lowerBound) },
      separators: separators, first: first)
  }

  /// Reads a row with the same names as an earlier one. Returns `false`, and reads nothing, if its
  /// bytes between the values differ.
  @inline(__always)
  private mutating func isRow(like shape: Int, _ index: inout JSONRowIndex)
    throws(JSONParser.Problem) -> Bool
  {
    let (before, first) = (mark, index.values.count)
    let separators = index.separators[shape]
    try count()
    mark.depth += 1
    for separator in separators {
      guard skip(separator) else { break }
      skipBlanks()
      index.values.append(UInt32(truncatingIfNeeded: offset))
      try value()
    }
    mark.depth -= 1
    let isComplete = !separators.isEmpty && index.values.count - first == separators.count
    guard isComplete, endsObject() else {
      mark = before
      index.values.removeLast(index.values.count - first)
      return false
    }
    index.rows.append(JSONRowIndex.Row(shape: UInt32(shape), first: UInt32(first)))
    return true
  }

  private mutating func endsObject() -> Bool {
    skipBlanks()
    return consume("}")
  }

  // MARK: Parts

  /// Rows of a list that were read from one place to another, or to an error.
  private typealias ListPart = (rows: Result<JSONRowIndex, JSONParser.Problem>, end: Mark)

  /// Reads the rows of a list from here to its end, in up to that many parts at the same time. `bytes`
  /// are those of the text.
  private mutating func rows(of bytes: [UInt8], inParts count: Int) throws(JSONParser.Problem)
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
