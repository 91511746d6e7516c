import API
import Evaluation
import JSON
import Language
import TestSupport
import Testing

@Suite struct EvaluatorTests {
  private func ids(_ predicate: String) async throws -> [Int64] {
    let fixture = PipelineFixture()
    let result = try await fixture.run("list where \(predicate) | select id")
    #expect(result.error == nil)
    return result.rows.compactMap { $0["id"]?.int }
  }

  @Test(
    arguments: [
      ("id == 36", [36]), ("id != 36 and id < 39", [37, 38]), ("id in [36, 40]", [36, 40]),
      ("id not in [36, 37, 38, 39, 40]", [5_000_000_123]), ("id between 37 and 39", [37, 38, 39]),
      ("external_id == null", [37]), ("external_id != null and id < 39", [36, 38]),
      ("external_id == \"12977\"", [38]), ("external_id == \"\u{E9}\"", []),
      ("external_id == \"e\u{301}\"", [5_000_000_123]),
      ("external_id not in [\"U12904\"]", [37, 38, 39, 5_000_000_123]),
      ("external_id != null and external_id not in [\"U12904\"]", [38, 39, 5_000_000_123]),
      ("empty(external_id)", [37, 39]), ("(external_id ?? \"none\") == \"none\"", [37]),
      ("tags has \"x\"", [36, 39, 5_000_000_123]), ("not (tags has \"x\")", [37, 38, 40]),
      ("tags has any [\"prod\", \"y\"]", [36, 40, 5_000_000_123]),
      ("tags has all [\"x\", \"y\"]", [5_000_000_123]),
      ("\"a\" not in tags and id < 39", [36, 37, 38]), ("[\"x\"] has all tags", [37, 38, 39]),
      ("tags has all raw.name", []), ("tags has all []", [36, 37, 38, 39, 40, 5_000_000_123]),
      ("empty(tags)", [37, 38]), ("count(tags) == 2", [36, 5_000_000_123]),
      ("name contains \"JIRA\"", [36]), ("lower(name) contains \"jira\"", [36, 38]),
      ("name starts with \"Prod\"", [36]), ("name ends with \"connection\"", [36, 38]),
      ("name like \"*_conn?ction\"", [38]), ("name like \"?\"", [5_000_000_123]),
      ("name matches \"^[A-Z]{4} \"", [37]), ("length(name) == 1", [5_000_000_123]),
      ("folder_id > 4515", [38, 40]), ("folder_id <= 4515", [36, 37, 5_000_000_123]),
      ("connected", [36, 40]), ("not connected", [37, 38, 39, 5_000_000_123]),
      ("connection_lost_at == @2026-01-30T18:00:00Z", [37]), ("connection_lost_at < ago(1d)", [40]),
      ("updated_at > @2026-01-01", [37]), ("now() - updated_at < 2d", [37]),
      ("raw.custom.b == null and raw.project_id == 7", [38]), ("project_id == 7", [38]),
      ("if connected then id == 36 else id == 37", [36, 37]),
      ("f\"{application}-{folder_id}\" == \"jira-4515\"", [36]),
      ("provider == \"slack\"", [39]),
      ("authorization_status != \"success\"", [38, 39, 5_000_000_123]),
      ("min(id, 37) == 37 and max(id, 39) == 39", [37, 38, 39]),
      ("replace(name, \"JIRA\", \"x\") == \"Prod x connection\"", [36]),
      ("trim(\"  a \") == \"a\" and upper(\"a\") == \"A\" and id == 36", [36]),
      ("date(updated_at) == @2026-01-30", [37]), ("today() == @2026-01-31 and id == 36", [36]),
      ("id + 1 == 37 and -id == -36", [36]), ("1d + 12h == 36h and id == 36", [36]),
    ] as [(String, [Int64])])
  func selectsMatchingRows(_ predicate: String, _ expected: [Int64]) async throws {
    expectEqual(try await ids(predicate), expected)
  }

  /// A predicate and its negation divide the rows: no row is lost, and none is in both.
  @Test(arguments: [
    "tags has \"x\"", "folder_id > 4515", "external_id == \"U12904\"", "connection_lost_at < now()",
    "name like \"*a*\"", "folder_id in [1892, 4515]", "folder_id not in [1892]",
  ])
  func negationPartitions(_ predicate: String) async throws {
    let all = Samples.connections.map(\.id).sorted()
    let parts = try await ids(predicate) + ids("not (\(predicate))")
    #expect(parts.sorted() == all)
  }

  /// `not in` is the negation of `in` for every operand, so the two spellings select the same rows,
  /// and the rest is what `in` selects.
  @Test(arguments: [
    ("external_id", "[\"U12904\"]"), ("external_id", "[\"U12904\", null]"),
    ("external_id", "[null]"), ("external_id", "[]"), ("external_id", "null"),
    ("external_id", "tags"), ("null", "[\"x\"]"), ("null", "[null]"), ("null", "tags"),
    ("null", "[]"), ("null", "null"), ("\"x\"", "tags"), ("name", "tags"),
    ("folder_id", "[4515, 28940]"), ("folder_id", "[4515, null]"), ("parent_id", "[36]"),
    ("id", "[36, 5_000_000_123]"), ("connected", "[true]"), ("connection_lost_at", "[now()]"),
    ("connection_lost_at", "[@2019-01-01, null]"), ("raw.custom.b", "[1]"),
    ("raw.project_id", "[7, null]"), ("raw.project_id", "[]"), ("project_id", "[7]"),
    ("raw.external_id", "[\"U12904\", \"12977\"]"), ("raw.missing", "[null]"),
    ("7", "raw.custom.a"), ("1", "raw.custom.a"), ("\"x\"", "raw.tags"),
    ("authorization_status", "[\"success\", authorization_error]"),
    ("lower(authorization_status)", "[\"success\"]"), ("now() - authorized_at", "[1d]"),
    ("external_id ?? \"none\"", "[\"none\"]"), ("parent_id", "[folder_id, parent_id]"),
  ])
  func notInNegatesIn(_ element: String, _ list: String) async throws {
    let rest = try await ids("(\(element)) not in \(list)")
    expectEqual(rest, try await ids("not ((\(element)) in \(list))"))
    expectEqual(
      try await ids("not ((\(element)) not in \(list))"),
      try await ids("(\(element)) in \(list)"))
    let all = Samples.connections.map(\.id)
    #expect(Set(rest).union(try await ids("(\(element)) in \(list)")) == Set(all))
  }

  @Test(arguments: [
    "id + 9223372036854775807 > 0", "now() + 99999999h > now()",
    "-(0 - 9223372036854775807 - 1) == 0",
  ])
  func overflowIsAnError(_ predicate: String) async throws {
    let result = try await PipelineFixture().run("list where \(predicate)")
    #expect(result.error?.exitCode == .usage)
    #expect(result.error?.message == "the result is out of range")
  }

  @Test func stopsExponentialText() async throws {
    let doubling = (1..<40).map { "let a\($0) = f\"{$a\($0 - 1)}{$a\($0 - 1)}\"" }
    let text = (["let a0 = \"0123456789abcdef\""] + doubling).joined(separator: "\n")
    let result = try await PipelineFixture().run(text)
    #expect(result.error?.exitCode == .usage)
    #expect(result.error?.message == "the text is longer than 64 MiB")
  }

  /// Values that grow by each line; a list of lists shares its elements, but is printed in full.
  @Test(arguments: [
    (
      "\"xxxxxxxx\"", "replace($a, \"x\", \"xxxxxxxx\")",
      "`replace`: the text is longer than 64 MiB"
    ),
    ("[1]", "[$a, $a]", "the list is larger than 64 MiB"),
    ("{ a: 1 }", "{ a: $a, b: $a }", "the record is larger than 64 MiB"),
  ])
  func stopsExponentialValues(_ start: String, _ step: String, _ problem: String) async throws {
    let growing = (1..<40).map { number in
      "let a\(number) = " + step.replacing("$a", with: "$a\(number - 1)")
    }
    let text = (["let a0 = \(start)"] + growing).joined(separator: "\n")
    let result = try await PipelineFixture().run(text)
    #expect(result.error?.exitCode == .usage)
    #expect(result.error?.message == problem)
  }

  /// Each record holds the one of the line before.
  @Test func stopsDeepValues() async throws {
    let deeper = (1..<400).map { "let a\($0) = { a: $a\($0 - 1) }" }
    let text = (["let a0 = 1"] + deeper).joined(separator: "\n")
    let result = try await PipelineFixture().run(text)
    #expect(result.error?.message == "the record is nested too deeply")
  }

  @Test func splitsNoTextIntoTooManyParts() async throws {
    let doubling = (1..<24).map { "let a\($0) = f\"{$a\($0 - 1)}{$a\($0 - 1)}\"" }
    let text = (["let a0 = \",\""] + doubling + ["let b = split($a23, \",\")"])
    let result = try await PipelineFixture().run(text.joined(separator: "\n"))
    #expect(result.error?.message == "`split`: the list is larger than 64 MiB")
  }

  @Test(arguments: FunctionDefinition.table.map(\.signature.example.call))
  func functionExampleGivesItsResult(_ call: String) async throws {
    let example = FunctionDefinition.table.map(\.signature.example).first { $0.call == call }
    if call.hasPrefix("secret") { return try secretExample() }
    let result = try await PipelineFixture().run("list | first 1 | select x = f\"{\(call)}\"")
    #expect(result.rows.first?["x"]?.string == example?.value)
  }

  private func secretExample() throws {
    let reference = try #require(SecretReference("env:JIRA_TOKEN"))
    #expect(Value.secret(reference).text == "‹secret env:JIRA_TOKEN›")
  }

  @Test func namesAMissingVariableBeforeAnythingIsSent() async throws {
    let fixture = PipelineFixture()
    let result = try await fixture.run("list where name == env(\"NOT_SET\")")
    #expect(result.error?.message == "`env`: the environment variable `NOT_SET` is not set")
    expectEqual(await fixture.server.queries, [])
  }

  @Test func invalidTimestampIsAnErrorOnlyIfRead() async throws {
    let bad = try JSONParser.parse(Array(#"{"id":1,"name":"n","updated_at":"soon"}"#.utf8))
    let fixture = PipelineFixture([try #require(Connection(bad))])
    expectNil(try await fixture.run("list | select id").error)
    let error = try await fixture.run("list where updated_at > ago(1d)").error
    #expect(
      error?.message == "connection 1: `updated_at` is \"soon\", which is not of type timestamp")
  }

  @Test func absentTagsAreNotEmptyTags() async throws {
    let json = try JSONParser.parse(Array(#"{"id":1,"name":"n"}"#.utf8))
    let fixture = PipelineFixture([try #require(Connection(json))])
    let error = try await fixture.run("list where not (tags has \"x\") | delete").error
    #expect(error?.message.contains("was loaded without `tags`") == true)
    expectEqual(await fixture.server.calls, [])
  }
}
