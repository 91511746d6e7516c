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

  /// Reads lines as ``JSONParser`` reads a text. Lines of nothing but spaces are left out.
  package init(_ bytes: [UInt8]) throws(Problem) {
    do { try JSONParser.requireSize(of: bytes) } catch { throw .value(error) }
    let (index, numbers) = try bytes.withUnsafeBufferPointer { text throws(Problem) in
      var scanner = JSONScanner(text, mostValues: .max)
      return try scanner.lines()
    }
    rows = JSONRows(bytes, index)
    self.numbers = numbers
  }
}

extension JSONScanner {
  fileprivate mutating func lines() throws(JSONLines.Problem) -> (JSONRowIndex, [Int]) {
    var (index, numbers, number, next) = (JSONRowIndex(), [Int](), 0, 0)
    while beginLine(at: next) {
      next = end + 1
      number += 1
      if isBlankLine { continue }
      if skipMark(), number > 1 {
        throw .line(number, "a byte order mark, which only the first line can have")
      }
      let isObject: Bool
      do { isObject = try line(&index) } catch { throw .value(error) }
      guard isObject else { throw .line(number, "not an object") }
      numbers.append(number)
    }
    return (index, numbers)
  }

  /// Reads the value of a line; returns `false` if it isn't an object.
  private mutating func line(_ index: inout JSONRowIndex) throws(JSONParser.Problem) -> Bool {
    skipBlanks()
    let isObject = peek == UInt8(ascii: "{")
    if isObject { try row(&index) } else { try value() }
    skipBlanks()
    guard isAtEnd else { throw problem("unexpected text after the value") }
    return isObject
  }
}
