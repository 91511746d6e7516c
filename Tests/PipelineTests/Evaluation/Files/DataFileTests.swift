import JSON
import Language
import Testing
import Text

@testable import Evaluation

@Suite struct DataFileTests {
  private static func problem(_ text: String, _ path: String = "f.jsonl") -> String? {
    do {
      _ = try SnapshotFile(path, Array(text.utf8))
      return nil
    } catch { return error.message }
  }

  @Test func acceptsAByteOrderMarkOnTheFirstLineOnly() {
    #expect(Self.problem("\u{FEFF}{\"id\":1}\n{\"id\":2}\n") == nil)
    #expect(
      Self.problem("{\"id\":1}\n\u{FEFF}{\"id\":2}\n")
        == "`f.jsonl`:2: a byte order mark, which only the first line can have")
  }

  @Test(arguments: ["+5", "007", "-0", " 5", "5 "])
  func takesNoOtherSpellingForANumber(_ text: String) {
    let value = "\"\(text)\""
    #expect(
      Self.problem("id,folder_id\n1,\(value)\n", "f.csv")
        == "`f.csv`:2: `folder_id` is \(value), which is not of type int")
    #expect(
      Self.problem("{\"id\":1,\"name\":\"n\",\"folder_id\":\(value)}\n")
        == "`f.jsonl`:1: `folder_id` is \(value), which is not of type int")
  }

  /// A table of these records would have 16 million cells, almost all of them empty.
  @Test func refusesRecordsWithTooManyNames() {
    let lines = (0..<4_000).map { "{\"a\($0)\":1}\n" }.joined()
    #expect(
      Self.problem(lines) == "the 4000 records have 4000 different names, too many for a table")
    let dense = (0..<2_000).map { _ in "{\"a\":1}\n" }.joined()
    #expect(Self.problem(dense) == nil)
  }

  /// Looking for each name among all others would take minutes.
  @Test func readsAndShowsManyColumns() throws {
    let count = 40_000
    let header = (0..<count).map { "c\($0)" }.joined(separator: ",")
    let row = (0..<count).map(String.init).joined(separator: ",")
    let set = try SnapshotFile("f.csv", Array("\(header)\n\(row)\n".utf8)).set
    #expect(set.schema.columns.count == count)
    for format in [ResultFormat.csv, .json, .table, .markdown] {
      #expect(try format.text(set).contains("c39999"))
    }
    let record = try ShowForm.record.text(set, style: .plain, width: 80)
    #expect(record.contains("c39999  39999"))
    #expect(try ResultFormat.table.text(set, width: 80).contains("c39999  39999"))
  }

  @Test func setsManyMembersAsOneByOne() {
    let start = JSON.Object((0..<20).map { ("a\($0)", .int($0)) })
    let added: [(name: String, value: JSON)] = (10..<40).map { ("a\($0)", .int(-$0)) }
    var (one, many) = (start, start)
    added.forEach { one.set($0.name, $0.value) }
    many.set(added)
    #expect(one == many)
  }
}
