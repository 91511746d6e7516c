import JSON
import Testing
import Text

/// What is found in the text of rows is what their values say.
@Suite struct JSONRowsTests {
  private static let values = [
    "1", "12", "-1", "1.0", "null", "true", #""a""#, #""a\"b""#, #""\u0061""#, #""é""#,
    #""\#u{7F}""#,
    "[]", "[ ]", #"["a","b"]"#, #"["a", "b"]"#, "[[1]]", "{}", #"{"c":1}"#,
  ]

  private static func rows(_ value: String, _ other: String) throws -> JSONRows {
    let text = #"[{"x":0,"a":\#(value),"b":\#(other)},{"x":0,"a":\#(other),"b":\#(value)}]"#
    return try #require(try JSONParser.rows(Array(text.utf8)))
  }

  @Test func sameTextMeansSameValues() throws {
    for value in Self.values {
      for other in Self.values {
        let rows = try Self.rows(value, other)
        let (a, b) = (rows.place(1, of: 0), rows.place(2, of: 0))
        let isPlain = !"-{\\é \u{7F}".contains { value.contains($0) }
        #expect(
          rows.hasSameText(at: a, as: rows, at: b) == (value == other && isPlain),
          "\(value) \(other)")
        if rows.hasSameText(0, as: rows, 1) { #expect(rows[0] == rows[1], "\(value) \(other)") }
      }
    }
  }

  @Test func rowsOfDifferentTextsAreCompared() throws {
    let rows = try Self.rows("1", #""a""#)
    let again = try Self.rows("1", #""a""#)
    let longer = try Self.rows("1", #""a""#.replacing("a", with: "ab"))
    #expect(rows.hasSameText(0, as: again, 0) && !rows.hasSameText(0, as: again, 1))
    #expect(!rows.hasSameText(0, as: longer, 0) && !longer.hasSameText(0, as: rows, 0))
  }

  @Test func plainTextIsTheValue() throws {
    for value in Self.values {
      let rows = try Self.rows(value, "0")
      var text: String?
      _ = rows.withPlainText(at: rows.place(1, of: 0)) { bytes in
        text = bytes.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
        return true
      }
      let json = try #require(rows[0]["a"])
      #expect(text == nil || text == json.string ?? json.text, "\(value)")
      let isPlain = !value.contains { "[{\\é\u{7F}".contains($0) }
      #expect((text != nil) == isPlain, "\(value)")
    }
  }
}
