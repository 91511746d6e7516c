import API
import Evaluation
import Execution
import JSON
import Language
import TestSupport
import Testing
import Text

/// Tables on terminals of all widths.
@Suite struct TableTests {
  /// Rows of texts with the widths of their columns.
  private func texts(_ columns: [(name: String, width: Int)]) -> RowSet {
    let schema = Schema(columns.map { Schema.Column($0.name, .string) }, areConnections: false)
    let row = Row(values: columns.map { .string(String(repeating: "x", count: $0.width)) })
    return RowSet(schema, [row, row])
  }

  /// A table that is too wide, even if long texts are cut, becomes records. Names of runs and reasons
  /// are never cut.
  @Test(
    arguments: [
      ([("a", 30), ("b", 30)], 40, true), ([("a", 30), ("b", 30), ("c", 30)], 40, true),
      ([("a", 30), ("b", 30), ("c", 30)], 39, false), ([("run", 21), ("b", 30)], 35, true),
      ([("run", 21), ("b", 30)], 34, false), ([("b", 9), ("reason", 69)], 80, true),
      ([("b", 9), ("reason", 700)], 80, true), ([("b", 9), ("reason", 70)], 31, true),
      ([("b", 9), ("reason", 70)], 30, false),
    ] as [([(String, Int)], Int, Bool)])
  func wideTablesBecomeRecords(_ columns: [(String, Int)], _ width: Int, _ isTable: Bool) throws {
    let set = texts(columns.map { (name: $0.0, width: $0.1) })
    let text = try ResultFormat.table.text(set, width: width)
    #expect(text.hasPrefix("── 1 of 2 ") != isTable)
    #expect(text.split(separator: "\n").allSatisfy { String($0).displayWidth <= width })
    guard columns.contains(where: { $0.0 == "reason" }) else { return }
    #expect(text.filter { $0 == "x" }.count == columns.map(\.1).reduce(0, +) * 2)
  }

  private func table(
    _ script: String, width: Int?, _ connections: [Connection] = Samples.connections
  )
    async throws -> String
  {
    let fixture = PipelineFixture(connections)
    let result = try await fixture.run(script) {
      $0.format = .table
      $0.width = width
    }
    #expect(result.error == nil)
    return fixture.output.text
  }

  @Test func showsWholeConnectionsOnAWideTerminal() async throws {
    expectText(
      try await table("get 36, 40", width: nil),
      """
      id  name                  application  updated_at                external_id  folder_id  tags    connected
      36  Prod JIRA connection  jira         2025-05-26T22:53:52.532Z  U12904            4515  x prod  true
      40  bell\\u{7} 日本        jira         2015-05-26T22:53:52.532Z  U12904           28940  y       true
      2 rows

      """)
  }

  @Test func dropsTheLeastUsefulColumnsFirst() async throws {
    expectText(
      try await table("get 36, 40", width: 80),
      """
      id  name                  application  external_id  folder_id  tags    connected
      36  Prod JIRA connection  jira         U12904            4515  x prod  true
      40  bell\\u{7} 日本        jira         U12904           28940  y       true
      2 rows; hidden columns: updated_at – select them, or show as record

      """)
    expectText(
      try await table("get 36, 40", width: 40),
      """
      id  name                  application
      36  Prod JIRA connection  jira
      40  bell\\u{7} 日本        jira
      2 rows; hidden columns: updated_at,
      external_id, folder_id, tags, connected
      – select them, or show as record

      """)
  }

  /// At any width, every line fits and ids are whole; from 28 columns on, names are recognizable.
  @Test(arguments: [12, 20, 28, 40, 60, 80, 100, 120, 200])
  func linesFitTheWidth(_ width: Int) async throws {
    for script in ["list", "list | select id, name, a = name, b = name, c = updated_at, connected"]
    {
      let text = try await table(script, width: max(width, 28))
      for line in text.split(separator: "\n") {
        #expect(String(line).displayWidth <= max(width, 28), "\(line)")
      }
      #expect(text.contains("5000000123"))
    }
    let shown = try await table("list", width: width)
    #expect(shown.contains("5000000123"))
  }

  @Test func chosenColumnsShareTheWidth() async throws {
    expectText(
      try await table(
        "get 36 | select id, a = f\"{name} {name}\", b = \"short\", c = f\"{name} {name}\"",
        width: 50),
      """
      id  a                    b      c
      36  Prod JIRA connecti…  short  Prod JIRA connect…
      1 row

      """)
  }

  /// A long reason goes on in the next line, and the other columns keep their widths.
  @Test func aReasonIsWrapped() async throws {
    expectText(
      try await table(
        "get 36, 40 | select id, reason = f\"{name} {name}\", application", width: 50),
      #"""
      id  reason                             application
      36  Prod JIRA connection Prod JIRA     jira
          connection
      40  bell\u{7} 日本 bell\u{7} 日本      jira
      2 rows

      """#)
  }

  /// Days that were computed are shown as dates, if the whole column holds nothing else.
  @Test(arguments: [
    ("date(updated_at)", "2025-05-26"),
    ("if id == 36 then date(updated_at) else now()", "2025-05-26T00:00:00Z"),
    ("updated_at", "2025-05-26T22:53:52.532Z"),
  ])
  func computedDaysAreDates(_ expression: String, _ expected: String) async throws {
    let text = try await table("get 36, 40 | select id, day = \(expression)", width: 80)
    #expect(text.split(separator: "\n")[1].hasSuffix("  \(expected)"), "\(text)")
  }

  @Test func shortenedHeadersDiffer() async throws {
    let columns = ["a", "b", "c"].map { "connection_lost_at_\($0) = name" }
    let script = "get 36 | select id, \(columns.joined(separator: ", "))"
    for width in [44, 48, 52, 56] {
      let header = try await table(script, width: width).split(separator: "\n")[0]
      let names = header.split(separator: " ")
      #expect(Set(names).count == 4, "\(header)")
    }
  }

  @Test func alignsWideCharactersMarksAndEmoji() async throws {
    let names = ["日本の接続の名前", "e\u{301}cole e\u{301}cole", "👍🏽👩\u{200D}💻🇩🇪 flags", "a\u{1B}[31mred"]
    let rows = names.enumerated().compactMap { index, name in
      Connection(.object(JSON.Object([("id", .int(Int64(index + 1))), ("name", .string(name))])))
    }
    expectText(
      try await table("list | select id, name, n = id", width: 20, rows),
      """
      id  name           n
       1  日本の接続の…  1
       2  école école    2
       3  👍🏽👩‍💻🇩🇪 flags   3
       4  a\\u{1B}[31mr…  4
      4 rows

      """)
  }

  @Test(arguments: [
    ("日本", 4), ("e\u{301}", 1), ("🇩🇪", 2), ("👍🏽", 2), ("⭐", 2), ("1\u{FE0F}\u{20E3}", 2), ("한", 2),
    ("ｗ", 2), ("–", 1), ("", 0), ("🧪", 2),
  ])
  func measuresDisplayWidth(_ text: String, _ width: Int) {
    #expect(text.displayWidth == width)
  }
}
