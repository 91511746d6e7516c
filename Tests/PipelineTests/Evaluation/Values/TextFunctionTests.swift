import Evaluation
import JSON
import TestSupport
import Testing

@Suite struct TextFunctionTests {
  private func value(_ expression: String) async throws -> String {
    let result = try await PipelineFixture().run("list | first 1 | select x = \(expression)")
    #expect(result.error == nil)
    return result.rows.first?["x"]?.text ?? "no row"
  }

  private static let largest = "9223372036854775807"

  @Test(arguments: [
    ("int(\"36\")", "36"), ("int(\"-36\")", "-36"), ("int(\"007\")", "7"), ("int(\"-0\")", "0"),
    ("int(\"\(largest)\")", largest), ("int(\"-9223372036854775808\")", "-9223372036854775808"),
    ("int(raw.id)", "36"), ("int(raw.missing)", "null"),
    ("int(description)", "null"), ("int(\"1\") + int(\"2\")", "3"), ("int(description) ?? 5", "5"),
  ])
  func readsWholeNumbers(_ expression: String, _ expected: String) async throws {
    expectEqual(try await value(expression), expected)
  }

  @Test(arguments: [
    ("\"abc\"", "\"abc\" is not a whole number"), ("\"\"", "\"\" is not a whole number"),
    ("\" 1\"", "\" 1\" is not a whole number"), ("\"1 \"", "\"1 \" is not a whole number"),
    ("\"+1\"", "\"+1\" is not a whole number"), ("\"--1\"", "\"--1\" is not a whole number"),
    ("\"-\"", "\"-\" is not a whole number"), ("\"1.0\"", "\"1.0\" is not a whole number"),
    ("\"1e2\"", "\"1e2\" is not a whole number"), ("\"1_000\"", "\"1_000\" is not a whole number"),
    ("\"0x1\"", "\"0x1\" is not a whole number"), ("\"١\"", "\"١\" is not a whole number"),
    ("\"9223372036854775808\"", "\"9223372036854775808\" doesn't fit into 64 bits"),
    ("raw.tags", "[\"x\",\"prod\"] is not a whole number"),
  ])
  func refusesOtherTexts(_ text: String, _ message: String) async throws {
    let fixture = PipelineFixture()
    let result = try await fixture.run("list where id == 36 and int(\(text)) > 0 | disconnect")
    #expect(result.exitCode == .usage)
    let row = text.hasPrefix("raw") ? "connection 36: " : ""
    #expect(result.error?.message == "\(row)`int`: \(message)")
    expectEqual(await fixture.server.calls, [])
  }

  @Test func readsNumbersOfRaw() async throws {
    let fixture = PipelineFixture()
    fixture.disk.put("a.jsonl", #"{"x":1e2}"# + "\n" + #"{"x":"7"}"# + "\n" + #"{"x":0.5}"#)
    let result = try await fixture.run("from \"a.jsonl\" | first 2 | select n = int(x)")
    expectEqual(result.rows.map(\.text), [#"{"n":100}"#, #"{"n":7}"#])
    let error = try await fixture.run("from \"a.jsonl\" | select n = int(x)").error
    #expect(error?.message == "the row 0.5: `int`: 0.5 is not a whole number")
  }

  @Test func convertsColumnsOfCSVFiles() async throws {
    let fixture = PipelineFixture()
    fixture.disk.put("a.csv", "owner,size\nU1,9\nU2,10\n")
    let result = try await fixture.run("from \"a.csv\" | where int(size) > 9 | select owner")
    expectEqual(result.rows.map(\.text), [#"{"owner":"U2"}"#])
  }

  @Test(arguments: [
    ("split(\"a/b/c\", \"/\")", #"["a","b","c"]"#), ("split(\"\", \"/\")", #"[""]"#),
    ("split(\"/\", \"/\")", #"["",""]"#), ("split(\"a//b/\", \"/\")", #"["a","","b",""]"#),
    ("split(\"a\", \"/\")", #"["a"]"#), ("split(\"aaa\", \"aa\")", #"["","a"]"#),
    ("split(\"a, b\", \", \")", #"["a","b"]"#), ("split(\"a\", \"abc\")", #"["a"]"#),
    ("split(\"é;e\u{301};\", \"é\")", "[\"\",\";e\u{301};\"]"),
    ("split(description, \"/\")", "null"),
    ("split(\"a\", description)", "null"), ("count(split(\"a b\", \" \"))", "2"),
    ("split(\"x,y\", \",\") has \"y\"", "true"),
  ])
  func splits(_ expression: String, _ expected: String) async throws {
    expectEqual(try await value(expression), expected)
  }

  @Test func refusesAnEmptySeparator() async throws {
    let error = try await PipelineFixture().run("list | select x = split(name, \"\")").error
    #expect(error?.exitCode == .usage)
    #expect(error?.message == "connection 36: `split`: the separator is empty")
  }

  @Test(arguments: [
    ("0, 4", "Prod"), ("5, 4", "JIRA"), ("5, 100", "JIRA"), ("0, 0", ""), ("9, 1", ""),
    ("100, 1", ""), ("-2, 4", "Pr"), ("-2, 2", ""), ("2, -1", ""), ("-1, -1", ""),
    ("0, \(largest)", "Prod JIRA"), ("5, \(largest)", "JIRA"), ("\(largest), \(largest)", ""),
    ("-\(largest), \(largest)", ""), ("-1, \(largest)", "Prod JIRA"),
    ("-\(largest) - 1, -\(largest) - 1", ""), ("\(largest), -\(largest) - 1", ""),
  ])
  func takesParts(_ bounds: String, _ expected: String) async throws {
    expectEqual(try await value("substring(\"Prod JIRA\", \(bounds))"), "\"\(expected)\"")
  }

  @Test(arguments: [
    ("substring(\"日本語\", 1, 1)", "\"本\""), ("substring(\"e\u{301}a\", 0, 1)", "\"e\""),
    ("length(substring(\"👍🏽\", 0, 1))", "1"), ("substring(description, 0, 1)", "null"),
    ("substring(\"a\", parent_id, 1)", "null"), ("substring(\"a\", 0, parent_id)", "null"),
    ("substring(\"a\r\nb\", 1, 1)", "\"\\r\""),
    ("remove_prefix(\"old JIRA\", \"old \")", "\"JIRA\""),
    ("remove_prefix(\"old JIRA\", \"JIRA\")", "\"old JIRA\""),
    ("remove_prefix(\"aab\", \"a\")", "\"ab\""), ("remove_prefix(\"a\", \"\")", "\"a\""),
    ("remove_prefix(\"a\", \"a\")", "\"\""), ("remove_prefix(\"a\", \"ab\")", "\"a\""),
    ("remove_prefix(\"é\", \"e\")", "\"é\""), ("remove_prefix(\"e\u{301}\", \"e\")", "\"\u{301}\""),
    ("remove_prefix(\"e\u{301}\", \"é\")", "\"e\u{301}\""),
    ("remove_prefix(description, \"a\")", "null"), ("remove_prefix(\"a\", description)", "null"),
    ("remove_suffix(\"JIRA old\", \" old\")", "\"JIRA\""),
    ("remove_suffix(\"JIRA old\", \"JIRA\")", "\"JIRA old\""),
    ("remove_suffix(\"baa\", \"a\")", "\"ba\""), ("remove_suffix(\"a\", \"\")", "\"a\""),
    ("remove_suffix(\"a\", \"ba\")", "\"a\""), ("remove_suffix(\"\", \"\")", "\"\""),
    ("remove_suffix(\"e\u{301}\", \"\u{301}\")", "\"e\""),
    ("remove_suffix(description, \"a\")", "null"), ("remove_suffix(\"a\", description)", "null"),
  ])
  func countsScalarsAndComparesBytes(_ expression: String, _ expected: String) async throws {
    expectEqual(try await value(expression), expected)
  }
}
