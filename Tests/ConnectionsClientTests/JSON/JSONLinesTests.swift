import JSON
import TestSupport
import Testing
import Text

/// JSON Lines are read as their lines are, one by one.
@Suite struct JSONLinesTests {
  /// The objects with their lines, or the message and place of the first problem.
  private enum Reading: Equatable {
    case objects([String], [Int])
    case problem(String, Int)
  }

  private static func read(_ bytes: [UInt8]) -> Reading {
    do throws(JSONLines.Problem) {
      let lines = try JSONLines(bytes)
      return .objects(
        (0..<lines.rows.count).map { JSON.object(lines.rows[$0]).text }, lines.numbers)
    } catch {
      switch error {
      case .value(let problem): return .problem(problem.message, problem.offset)
      case .line(let number, let message): return .problem(message, number)
      }
    }
  }

  /// Reads each line as a text of its own.
  private static func expected(_ bytes: [UInt8]) -> Reading {
    var (texts, numbers, start) = ([String](), [Int](), 0)
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      defer { start += line.count + 1 }
      if line.allSatisfy({ $0 == 0x20 || $0 == 0x0D }) { continue }
      if index > 0, line.starts(with: "\u{FEFF}".utf8) {
        return .problem("a byte order mark, which only the first line can have", index + 1)
      }
      do throws(JSONParser.Problem) {
        guard let object = try JSONParser.parse(Array(line)).object else {
          return .problem("not an object", index + 1)
        }
        texts.append(JSON.object(object).text)
        numbers.append(index + 1)
      } catch {
        return .problem(error.message, start + error.offset)
      }
    }
    return .objects(texts, numbers)
  }

  private static func expectSame(_ bytes: [UInt8]) {
    expectEqual(read(bytes), expected(bytes))
  }

  private static let lines = Array(
    "\u{FEFF}{\"id\":1,\"name\":\"é\",\"tags\":[\"t\"]}\r\n{\"id\":2,\"name\":\"b\",\"tags\":[]}\n\n  \r\n{ \"id\" : 3}"
      .utf8)

  private static let bytes: [UInt8] =
    Array("\"\\{}[]:,1.nt \t\n\r".utf8) + [0x00, 0x7F, 0x80, 0xEF]

  @Test func everyTruncation() {
    for count in 0...Self.lines.count { Self.expectSame(Array(Self.lines[..<count])) }
  }

  @Test func everyByteReplacedInsertedOrRemoved() {
    for offset in Self.lines.indices {
      var shorter = Self.lines
      shorter.remove(at: offset)
      Self.expectSame(shorter)
      for byte in Self.bytes {
        var (changed, longer) = (Self.lines, Self.lines)
        changed[offset] = byte
        longer.insert(byte, at: offset)
        Self.expectSame(changed)
        Self.expectSame(longer)
      }
    }
  }

  @Test(arguments: ["[1]", "1", "null", "\u{FEFF}\n{}", "{}\n\u{FEFF}{}", "\t\n{}", "{}{}", "{\n}"])
  func lineIsOneObject(_ text: String) {
    Self.expectSame(Array(text.utf8))
  }
}
