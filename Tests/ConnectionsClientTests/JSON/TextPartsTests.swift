import JSON
import Testing
import Text

/// Texts that are read in parts give what they give in one go, rows as well as problems.
@Suite struct TextPartsTests {
  private enum Reading: Equatable {
    case rows([String], [Int])
    case noRows
    case problem(String, Int)
  }

  private static func list(_ bytes: [UInt8], _ parts: Int) -> Reading {
    do throws(JSONParser.Problem) {
      guard let rows = try JSONParser.rows(bytes, parts: parts) else { return .noRows }
      return .rows(texts(rows), [])
    } catch { return .problem(error.message, error.offset) }
  }

  private static func lines(_ bytes: [UInt8], _ parts: Int) -> Reading {
    do throws(JSONLines.Problem) {
      let lines = try JSONLines(bytes, parts: parts)
      return .rows(texts(lines.rows), lines.numbers)
    } catch {
      switch error {
      case .value(let problem): return .problem(problem.message, problem.offset)
      case .line(let number, let message): return .problem(message, number)
      }
    }
  }

  private static func texts(_ rows: JSONRows) -> [String] {
    (0..<rows.count).map { JSON.object(rows[$0]).text }
  }

  private static func expectSame(
    _ bytes: [UInt8], _ read: ([UInt8], Int) -> Reading,
    _ location: SourceLocation = #_sourceLocation
  ) {
    let expected = read(bytes, 1)
    for parts in [2, 5] where read(bytes, parts) != expected {
      let text = String(decoding: bytes, as: UTF8.self)
      Issue.record(
        "\(parts) parts: \(read(bytes, parts)), not \(expected): \(text)", sourceLocation: location)
    }
  }

  /// Rows whose text holds what looks like the start of another row: in strings, lists and objects.
  private static let rows = [
    #"{"id":1,"name":"a","tags":["x"]}"#, #"{"id":2,"name":"{\"id\":3,","tags":[]}"#,
    #"{"id":3,"name":"},{","tags":[{"id":4,"name":"b"},{"id":5}]}"#,
    #"{"id":4,"more":{"id":1},"tags":null}"#, #"{"name":"é","id":6}"#, "{}",
    #"{"id":7,"name":"a","tags":["x"]}"#, #"{ "id" : 8 }"#, #"{"id":9}"#,
  ]

  private static var lists: [String] {
    let list = rows.joined(separator: ",")
    return [
      "[\(list)]", #"{"result":[\#(list)],"count":9}"#, #"{"count":9,"result":[ \#(list) ]}"#,
      "\u{FEFF}[\(rows.joined(separator: " ,\n "))\n]\n", "[\(list),1,{}]", "[]", "[{}]", "[1]",
      #"{"result":[\#(list)],"result":[]}"#, "[\(list)] x",
    ]
  }

  private static let files = [
    rows.joined(separator: "\n"), rows.joined(separator: "\r\n") + "\n\n  \n",
    "\u{FEFF}" + rows.joined(separator: "\n\n"), rows.joined(separator: "\n\u{FEFF}"), "\n\n", "1",
    rows.joined(separator: "\n") + "\n[1]\n" + rows.joined(separator: "\n"),
  ]

  @Test func wholeTextsAreTheSame() {
    for text in Self.lists { Self.expectSame(Array(text.utf8), Self.list) }
    for text in Self.files { Self.expectSame(Array(text.utf8), Self.lines) }
    let reading = Self.list(Array(Self.lists[0].utf8), 3)
    guard case .rows(let rows, _) = reading else { return #expect(reading == .noRows) }
    #expect(rows.count == Self.rows.count)
  }

  /// The end at each place, and each byte replaced by one that means something.
  @Test func damagedTextsAreTheSame() {
    for (texts, read) in [(Self.lists, Self.list), (Self.files, Self.lines)] {
      for text in texts {
        let bytes = Array(text.utf8)
        for place in bytes.indices {
          Self.expectSame(Array(bytes[..<place]), read)
          for byte in "\"{}\n".utf8 {
            var damaged = bytes
            damaged[place] = byte
            Self.expectSame(damaged, read)
          }
        }
      }
    }
  }

  /// A text of many rows is split by default, too.
  @Test func longTextsAreTheSame() throws {
    let row = Self.rows[2]
    let count = 5_000_000 / row.utf8.count
    let text = Array(repeating: row, count: count)
    let list = try #require(try JSONParser.rows(Array("[\(text.joined(separator: ","))]".utf8)))
    let lines = try JSONLines(Array(text.joined(separator: "\n").utf8))
    for rows in [list, lines.rows] {
      #expect(rows.count == count && (0..<count).allSatisfy { JSON.object(rows[$0]).text == row })
    }
    #expect(lines.numbers == Array(1...count))
  }
}
