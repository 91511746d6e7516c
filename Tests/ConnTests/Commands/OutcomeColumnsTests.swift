import TestSupport
import Testing

/// What `run` and `eval` show of the rows behind a write.
@Suite struct OutcomeColumnsTests {
  private func eval(_ script: String, _ options: String) async throws -> Program.Result {
    try await Program.run(
      "conn eval --simulator '\(script)' --yes \(options)", environment: [:])
  }

  @Test func outcomesHaveSixColumns() async throws {
    let result = try await eval("get 1204, 37 | disconnect", "--output csv")
    #expect(
      result.output.split(separator: "\r\n").first == "id,name,action,outcome,reason,http_status")
    let json = try await eval("get 37 | disconnect", "--output jsonl")
    #expect(
      json.output
        == "{\"id\":37,\"name\":\"Prod JIRA connection\",\"action\":\"disconnect\",\"outcome\":\"done\",\"reason\":null,\"http_status\":200}\n"
        || json.output.hasPrefix("{\"id\":37,\"name\":"))
    #expect(!json.output.contains("created_at"))
  }

  /// Rows that are piped on keep every field, and a `select` keeps its columns.
  @Test(arguments: [
    ("get 37 | disconnect | select id, application, outcome", "id,application,outcome"),
    (
      "get 37 | disconnect | where application != null", "id,name,action,outcome,reason,http_status"
    ),
    ("get 37 | disconnect | show as csv", "id,name,application,"),
    ("get 37", "id,name,application,"),
  ])
  func pipedRowsKeepTheirFields(_ script: String, _ header: String) async throws {
    let result = try await eval(script, "--output csv")
    #expect(result.output.hasPrefix(header), "\(result.output)\(result.errors)")
  }

  @Test func csvHasOneHeader() async throws {
    let result = try await eval(
      "get 37 | select id, name\nget 36 | select id, name\nget 36 | select id\nget 37 | select id",
      "--output csv")
    let lines = result.output.split(separator: "\r\n")
    #expect(lines.filter { $0 == "id,name" }.count == 1)
    #expect(lines.filter { $0 == "id" }.count == 1)
    #expect(lines.count == 6)
    let preview = try await eval(
      "get 37 | update name = \"a\"\nget 36 | update name = \"b\"", "--preview --output csv")
    #expect(preview.output.components(of: "id,name,action,field") == 1, "\(preview.output)")
  }

  @Test func shortenedHeadersDiffer() async throws {
    let result = try await Program.run(
      """
      COLUMNS=40 conn eval --simulator 'list where connection_lost_at != null | first 3 |
        select id, connection_lost_at, connection_lost_text = f"{name} {name} {name}", connection_lost_b = f"{name} {name}"' \
        --output table
      """, environment: [:])
    let header = result.output.split(separator: "\n").first ?? ""
    let names = header.split(separator: " ")
    #expect(Set(names).count == names.count, "\(result.output)\(result.errors)")
  }

  @Test func aFailedExpectShowsTheRows() async throws {
    let result = try await eval("list | sort by id | expect count < 3 | select id", "")
    #expect(result.exitCode == 5)
    #expect(result.errors.contains("`expect` counted the first 10 of "), "\(result.errors)")
    #expect(result.errors.contains("10 rows"))
    let few = try await eval("get 36, 37 | expect count < 1, \"too many\"", "")
    #expect(few.errors.contains("`expect` counted 2 rows:\n"), "\(few.errors)")
    #expect(few.output.isEmpty)
  }

  @Test func aFailedExpectAllOrNoneShowsTheRowsThatItFound() async throws {
    let all = try await eval("get 1204, 1211 | select id, connected | expect all connected", "")
    #expect(all.exitCode == 5)
    #expect(
      all.errors.hasPrefix(
        """
        `expect` counted 1 row that doesn't match:
          id  connected
        1211  false
        1 row
        error: expected all rows to match; 1 of them did not: 1211
        """), "\(all.errors)")
    let none = try await eval("list | select id | expect none id > 100", "")
    #expect(
      none.errors.hasPrefix("`expect` counted the first 10 of 56 rows that match:\n  id\n1204\n"),
      "\(none.errors)")
    #expect(all.output.isEmpty && none.output.isEmpty)
  }
}

extension String {
  fileprivate func components(of part: String) -> Int {
    var count = 0
    var rest = self[...]
    while let range = rest.firstRange(of: part) {
      count += 1
      rest = rest[range.upperBound...]
    }
    return count
  }
}
