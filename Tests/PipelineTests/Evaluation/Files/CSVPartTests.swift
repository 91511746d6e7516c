import JSON
import Language
import Testing

@testable import Evaluation

/// A CSV file that is read in parts gives what it gives in one go: rows, lines, notes, and problems.
@Suite struct CSVPartTests {
  private static func reading(_ bytes: [UInt8], parts: Int) -> [String] {
    do {
      let table = try CSVTable(bytes, DataFile("f.csv"), parts: parts)
      let rows = (0..<table.records.count).map {
        "\(table.records.place($0)) \(JSON.object(table.records.rows[$0]).text)"
      }
      return table.header + rows + table.notes.map(\.text)
    } catch { return [error.message] }
  }

  private static func expectSame(_ text: String) {
    let bytes = Array(text.utf8)
    let expected = reading(bytes, parts: 1)
    for parts in [2, 3, 7] {
      #expect(reading(bytes, parts: parts) == expected, "\(parts): \(text.debugDescription)")
    }
  }

  /// Records in which a part can begin at the wrong place: quotes, line ends in fields, blank rows.
  private static let records = [
    "1,a,x;y\n", "2,\"b\nc\",\n", "\"3\",\"1,\"\"a\"\"\n2,b,\n\",\"\"\n", ",,\n", "\n",
    "4,é\u{0301},\"[\"\"a\"\"]\"\r\n", "5,\"\n\n\n\",'=1\n", "6,\"\"\"\n\"\"\n\"\"\",z\n",
  ]

  @Test func partsAreWhatOneGoIs() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<300 {
      let body = (0..<12).map { _ in Self.records.randomElement(using: &random) ?? "" }
      Self.expectSame("id,name,tags\n" + body.joined())
    }
  }

  /// Every byte of a file replaced by each that matters, and every beginning of the file.
  @Test func problemsAreThoseOfOneGo() {
    let text = "id,name,tags\n" + Self.records.joined() + "7,b,c\n8,\"d\",e"
    let scalars = Array(text.unicodeScalars)
    for index in scalars.indices {
      for scalar in ["\"", ",", "\n", "\r", "\0"] as [Unicode.Scalar] {
        var edited = scalars
        edited[index] = scalar
        Self.expectSame(String(String.UnicodeScalarView(edited)))
      }
      Self.expectSame(String(String.UnicodeScalarView(scalars[...index])))
    }
  }

  @Test func problemsInLaterPartsHaveTheirLine() {
    let rows = String(repeating: "1,\"a\nb\",c\n", count: 50)
    for (end, message) in [
      ("1,2\n", "`f.csv`:102: 2 fields, but the header has 3"),
      (
        "1,a\"b,c\n",
        "`f.csv`:102: a quote inside an unquoted field; put the field in quotes and double it"
      ),
      ("1,\"a\n", "`f.csv`:102: a quoted field is never closed"),
    ] {
      let bytes = Array(("id,name,tags\n" + rows + end).utf8)
      #expect(Self.reading(bytes, parts: 4) == [message])
    }
  }

  @Test func bytesThatAreNotUTF8HaveTheirLine() {
    let rows = String(repeating: "1,\"a\nb\",c\n", count: 50)
    let bytes = Array("id,name,tags\n\(rows)1,\"\n".utf8) + [0xC3, 0x28] + Array("\",2\n".utf8)
    #expect(Self.reading(bytes, parts: 4) == ["`f.csv`:103: not UTF-8"])
  }
}
