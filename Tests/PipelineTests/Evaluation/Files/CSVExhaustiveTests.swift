import Testing

@testable import Evaluation

/// All short files over the characters that matter, read by the reader and by a regular expression.
@Suite struct CSVExhaustiveTests {
  private static func rows(_ text: String) -> [[String?]]? {
    guard let set = try? SnapshotFile("f.csv", Array("x,y\n\(text)".utf8)).set else { return nil }
    return set.rows.map { row in [0, 1].map { (try? row.value($0))?.string } }
  }

  /// Returns the rows of RFC 4180 with two fields, or `nil` if the text isn't made of such rows and of
  /// blank ones.
  private static func expected(_ text: String) -> [[String?]]? {
    let file = /(?:(?:"(?:[^"]|"")*"|[^",\n]*),(?:"(?:[^"]|"")*"|[^",\n]*)\n|,*\n)*/
    let row = /("(?:[^"]|"")*"|[^",\n]*),("(?:[^"]|"")*"|[^",\n]*)\n|,*\n/
    let ended = text.isEmpty || text.last == "\n" ? text : text + "\n"
    guard ended.wholeMatch(of: file) != nil else { return nil }
    let rows = ended.matches(of: row).map { [field($0.1), field($0.2)] }
    return rows.filter { $0 != [nil, nil] }
  }

  private static func field(_ text: Substring?) -> String? {
    guard let text, !text.isEmpty else { return nil }
    guard text.first == "\"" else { return String(text) }
    return String(text.dropFirst().dropLast()).replacing("\"\"", with: "\"")
  }

  @Test func rowsAreThoseOfTheRFC() {
    var (texts, last) = ([""], [""])
    for _ in 0..<6 {
      last = last.flatMap { text in ["a", ",", "\"", "\n"].map { text + $0 } }
      texts += last
    }
    for text in texts {
      #expect(Self.rows(text) == Self.expected(text), "\(text.debugDescription)")
    }
    print("CSV files: \(texts.count), read or refused as by a regular expression")
    #expect(texts.count == 5_461)
  }
}
