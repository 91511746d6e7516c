/// The objects of JSON Lines: a text whose lines hold one object each.
package struct JSONLines {
  package let rows: JSONRows
  /// The line of each object, from 1.
  package let numbers: [Int]

  package enum Problem: Error {
    case value(JSONParser.Problem)
    /// A line that isn't an object: its number, and the problem.
    case line(Int, String)
  }

  /// Reads lines as ``JSONParser`` reads a text. Lines of nothing but spaces are left out. `parts` is
  /// the number of parts to read at the same time; by default, it depends on the size.
  package init(_ bytes: [UInt8], parts: Int? = nil) throws(Problem) {
    do { try JSONParser.requireSize(of: bytes) } catch { throw .value(error) }
    let lines = try LinesPart(of: bytes, inParts: parts ?? TextParts.count(forBytes: bytes.count))
    rows = JSONRows(bytes, lines.index)
    numbers = lines.numbers
  }
}

/// The objects of some lines, and the numbers of their lines.
private struct LinesPart: Sendable {
  var index = JSONRowIndex()
  var numbers: [Int] = []
  /// The number of lines, with those that are left out.
  var count = 0
  var problem: JSONLines.Problem?

  init() {}

  /// Reads all lines, in up to that many parts at the same time.
  init(of bytes: [UInt8], inParts count: Int) throws(JSONLines.Problem) {
    let starts = TextParts.starts(count, in: 0..<bytes.count) { start in
      bytes.withUnsafeBufferPointer {
        $0.first(UInt8(ascii: "\n"), in: start..<bytes.count).map { $0 + 1 }
      }
    }
    let parts = TextParts.read(starts) { start, others in
      bytes.withUnsafeBufferPointer { text in
        var scanner = JSONScanner(text, mostValues: .max)
        return scanner.lines(from: start, PartEnd(others))
      }
    }
    for part in parts { try append(part) }
  }

  /// Adds the lines that follow. Throws the problem that ended them.
  mutating func append(_ other: LinesPart) throws(JSONLines.Problem) {
    if case .line(let number, let message) = other.problem { throw .line(count + number, message) }
    if let problem = other.problem { throw problem }
    index.append(other.index)
    numbers += other.numbers.lazy.map { [count] in $0 + count }
    count += other.count
  }
}

extension JSONScanner {
  /// Reads lines from the start of one to the start of another part.
  fileprivate mutating func lines(from start: Int, _ end: PartEnd) -> (part: LinesPart, next: Int?)
  {
    var (part, end, next) = (LinesPart(), end, start)
    do throws(JSONLines.Problem) {
      while beginLine(at: next) {
        if end.isReached(at: next) { return (part, next) }
        next = self.end + 1
        try line(&part)
      }
    } catch { part.problem = error }
    return (part, nil)
  }

  /// Reads a line unless it is blank.
  private mutating func line(_ part: inout LinesPart) throws(JSONLines.Problem) {
    let isFirst = offset == 0
    part.count += 1
    if isBlankLine { return }
    if skipMark(), !isFirst {
      throw .line(part.count, "a byte order mark, which only the first line can have")
    }
    let isObject: Bool
    do { isObject = try object(&part.index) } catch { throw .value(error) }
    guard isObject else { throw .line(part.count, "not an object") }
    part.numbers.append(part.count)
  }

  /// Reads the value of a line; returns `false` if it isn't an object.
  private mutating func object(_ index: inout JSONRowIndex) throws(JSONParser.Problem) -> Bool {
    skipBlanks()
    let isObject = peek == UInt8(ascii: "{")
    if isObject { try row(&index) } else { try value() }
    skipBlanks()
    guard isAtEnd else { throw problem("unexpected text after the value") }
    return isObject
  }
}
