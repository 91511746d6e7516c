import API
import Evaluation
import JSON
import TestSupport
import Testing

/// Numbers of `raw` that aren't integers of 64 bits, and values of kinds that have no order.
@Suite struct DecimalTests {
  private static let scores = [
    "0.95", "1e2", "118.0", "1e23", "-0.5", "1", "null", "100", "0.950", "9223372036854775808",
  ]

  private func connections(_ scores: [String]) throws -> [Connection] {
    try scores.enumerated().map { index, score in
      let text =
        #"{"id":\#(index + 1),"name":"n","application":"jira","score":\#(score),"tags":[]}"#
      return try #require(Connection(try JSONParser.parse(Array(text.utf8))))
    }
  }

  private func rows(_ text: String, _ scores: [String] = scores) async throws -> [String] {
    let result = try await PipelineFixture(connections(scores)).run(text)
    #expect(result.error == nil)
    return result.rows.map(\.text)
  }

  private func ids(_ stages: String) async throws -> [String] {
    try await rows("list | \(stages) | select id").map { String($0.dropFirst(6).dropLast()) }
  }

  @Test(arguments: [
    ("raw.score < 1", "1 5 9"), ("raw.score <= 1", "1 5 6 9"), ("raw.score == 100", "2 8"),
    ("raw.score == 118", "3"), ("118 == raw.score", "3"), ("raw.score > 5", "2 3 4 8 10"),
    ("raw.score >= 118", "3 4 10"), ("raw.score != 100", "1 3 4 5 6 7 9 10"),
    ("not (raw.score < 1)", "2 3 4 6 7 8 10"), ("not (raw.score == 100)", "1 3 4 5 6 7 9 10"),
    ("raw.score > 9223372036854775807", "4 10"), ("raw.score between 0 and 100", "1 2 6 8 9"),
    ("raw.score in [100, 118]", "2 3 8"), ("raw.score not in [100, 118]", "1 4 5 6 7 9 10"),
    ("[100, 118] has raw.score", "2 3 8"), ("raw.score == \"1\"", ""), ("raw.score == true", ""),
    ("raw.score != \"1\"", "1 2 3 4 5 6 7 8 9 10"), ("raw.score == [1]", ""),
    ("min(raw.score, 100) == 100", "2 3 4 8 10"), ("max(raw.score, 100) == 100", "1 2 5 6 8 9"),
    ("[raw.score] == [100]", "2 8"), ("{ a: raw.score } == { a: 100 }", "2 8"),
    ("[raw.score, 0] has all [100]", "2 8"), ("raw == null", ""),
  ])
  func comparesExactly(_ predicate: String, _ expected: String) async throws {
    expectEqual(try await ids("where \(predicate)").joined(separator: " "), expected)
  }

  /// A predicate and its negation divide the rows.
  @Test(arguments: ["raw.score < 1", "raw.score == 100", "raw.score in [118]", "raw.score > 5"])
  func negationPartitions(_ predicate: String) async throws {
    let parts = try await ids("where \(predicate)") + ids("where not (\(predicate))")
    expectEqual(parts.compactMap { Int($0) }.sorted(), Array(1...10))
  }

  @Test(arguments: [
    ("sort by raw.score", "5 1 9 6 2 8 3 10 4 7"),
    ("sort by raw.score desc", "4 10 3 2 8 6 1 9 5 7"),
    ("distinct by raw.score", "1 2 3 4 5 6 7 10"),
    ("distinct by x = [raw.score]", "1 2 3 4 5 6 7 10"),
  ])
  func ordersAndGroups(_ stages: String, _ expected: String) async throws {
    expectEqual(try await ids(stages).joined(separator: " "), expected)
  }

  @Test func groupsEqualNumbers() async throws {
    expectEqual(
      try await rows("list where raw.score between 0 and 100 | group by s = raw.score"),
      [#"{"s":0.95,"count":2}"#, #"{"s":1e2,"count":2}"#, #"{"s":1,"count":1}"#])
    expectEqual(
      try await rows(
        "list | group by application with min(raw.score) as low, max(raw.score) as high"),
      [#"{"application":"jira","low":-0.5,"high":1e23}"#])
  }

  @Test func diffComparesNumbers() async throws {
    let fixture = PipelineFixture()
    fixture.disk.put("a.jsonl", #"{"id":1,"x":1e2}"# + "\n" + #"{"id":2,"x":{"y":[0.5]}}"#)
    fixture.disk.put("b.jsonl", #"{"id":1,"x":100}"# + "\n" + #"{"id":2,"x":{"y":[0.50]}}"#)
    expectEqual(try await fixture.run("from \"a.jsonl\" | diff from \"b.jsonl\"").rows, [])
    fixture.disk.put("b.jsonl", #"{"id":1,"x":100.1}"# + "\n" + #"{"id":2,"x":{"y":[0.51]}}"#)
    expectEqual(
      try await fixture.run(
        "from \"a.jsonl\" | diff from \"b.jsonl\" | select id, before, after"
      )
      .rows.map(\.text),
      [
        #"{"id":1,"before":100.1,"after":1e2}"#,
        #"{"id":2,"before":{"y":[0.51]},"after":{"y":[0.5]}}"#,
      ])
  }

  @Test(.timeLimit(.minutes(1))) func hugeExponentsAreNumbers() async throws {
    let scores = ["1e999999999999", "1e-999999999999", "-1e99999999999999999999999", "7"]
    expectEqual(
      try await rows("list | sort by raw.score | select id", scores),
      [#"{"id":3}"#, #"{"id":2}"#, #"{"id":4}"#, #"{"id":1}"#])
    expectEqual(try await rows("list where raw.score > 7 | select id", scores), [#"{"id":1}"#])
  }

  // MARK: Kinds

  @Test(arguments: [
    ("where raw.score < 1", "a string and a number", #""high" and 1"#),
    ("where not (raw.score < 1)", "a string and a number", #""high" and 1"#),
    ("where 1 >= raw.score", "a number and a string", #"1 and "high""#),
    ("where raw.score between 0 and 1", "a string and a number", #""high" and 0"#),
    ("where raw.score > now()", "a number and a timestamp", #"0.5 and "2026-01-31T10:00:00Z""#),
    ("sort by raw.score", "a string and a number", #""high" and 0.5"#),
    ("group by application with max(raw.score)", "a string and a number", #""high" and 0.5"#),
    ("select x = min(raw.score, 1)", "a string and a number", #""high" and 1"#),
    ("expect all raw.score < 1", "a string and a number", #""high" and 1"#),
  ])
  func anOrderAcrossKindsIsAnError(_ stages: String, _ kinds: String, _ values: String) async throws
  {
    let result = try await PipelineFixture(connections(["0.5", "\"high\""])).run("list | \(stages)")
    let message = try #require(result.error?.message)
    #expect(message.hasPrefix("connection "))
    #expect(message.hasSuffix("\(kinds) have no order: \(values)"))
    #expect(result.exitCode == .usage)
  }

  @Test(arguments: ["[1]", "{\"a\":1}", "true"])
  func valuesWithoutOrderAreErrors(_ value: String) async throws {
    for text in ["list where raw.score < 1", "list | sort by raw.score"] {
      let result = try await PipelineFixture(connections(["2", value])).run(text)
      #expect(result.exitCode == .usage)
      #expect(result.error?.message.hasPrefix("connection 2: ") == true)
    }
  }

  @Test func anOrderAcrossKindsEndsTheRunBeforeItsFirstWrite() async throws {
    for predicate in ["raw.score < 1", "not (raw.score < 1)"] {
      let fixture = PipelineFixture(try connections(["0.5", "2", "\"high\""]))
      let result = try await fixture.run("list where \(predicate) | disconnect")
      #expect(result.exitCode == .usage)
      #expect(
        result.error?.message
          == #"connection 3: a string and a number have no order: "high" and 1"#)
      expectEqual(await fixture.server.calls, [])
    }
  }

  @Test func namesARowThatIsNoConnection() async throws {
    let fixture = PipelineFixture()
    fixture.disk.put("a.jsonl", #"{"a":"U1","b":1}"# + "\n" + #"{"a":"U2","b":"x"}"#)
    let result = try await fixture.run("from \"a.jsonl\" | where b < 2")
    #expect(
      result.error?.message
        == #"the row "U2", "x": a string and a number have no order: "x" and 2"#)
  }

  @Test func textOperatorsIgnoreOtherKinds() async throws {
    expectEqual(try await ids("where raw.score contains \"9\""), [])
    expectEqual(try await ids("where not (raw.score starts with \"0\")").count, 10)
  }
}
