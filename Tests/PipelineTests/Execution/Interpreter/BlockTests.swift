import API
import Evaluation
import Execution
import JSON
import Planning
import TestSupport
import Testing

/// Runs `for`, `if`, definitions and `diff`.
@Suite struct BlockTests {
  private func rows(_ text: String) async throws -> [String] {
    let result = try await PipelineFixture().run(text)
    #expect(result.error == nil)
    return result.rows.map(\.text)
  }

  @Test(arguments: [
    ("for x in [1, 2] { print f\"{$x + 1}\" }", ["2", "3"]),
    ("for x in [] { print 1 }\nprint 2", ["2"]),
    ("for row in get 36, 38 { print f\"{$row.id + 1}\" }", ["37", "39"]),
    ("for row in list | group by application | first 2 { print f\"{$row.count}\" }", ["3", "1"]),
    (
      "for f in [4515, 28940] { list where folder_id == $f | count }",
      [#"{"count":2}"#, #"{"count":2}"#]
    ),
    ("let n = count([1, 2])\nif $n > 1 { print 1 } else { print 2 }", ["1"]),
    (
      "if now() < @2026-01-01 { print 1 } else if today() == now() { print 2 } else { print 3 }",
      ["3"]
    ),
    ("let rows = list where id == 36\nif count($rows) == 1 { $rows | select id }", [#"{"id":36}"#]),
    ("let x = 1\nfor y in [2] { let z = 3\nprint f\"{$y + $z}\" }\nprint $x", ["5", "1"]),
    (
      "list | first 1 | count\nfor y in [2] { list | count }\nit | select n = count",
      [#"{"count":1}"#, #"{"count":6}"#, #"{"n":1}"#]
    ),
    (
      "def of(app: string, n: int) = where application == $app | first $n | select id\nlist | of(\"jira\", 2)",
      [#"{"id":36}"#, #"{"id":38}"#]
    ),
  ])
  func givesTheRows(_ text: String, _ expected: [String]) async throws {
    expectEqual(try await rows(text), expected)
  }

  @Test func loopWritesInEachIteration() async throws {
    let fixture = PipelineFixture()
    let result = try await fixture.run(
      "for row in list where application == \"jira\" { get $row.id | update name = f\"{$row.id}\" }"
    )
    #expect(result.exitCode == .success)
    let calls = await fixture.server.calls
    #expect(calls.compactMap(\.id) == [36, 38, 40])
  }

  @Test func limitsWritingLoops() async throws {
    let ids = (1...1_001).compactMap { id in
      Connection(.object(JSON.Object([("id", .int(Int64(id))), ("name", .string("n"))])))
    }
    let fixture = PipelineFixture(ids)
    let text = "for row in list all | select id { get $row.id | delete }"
    let result = try await fixture.run(text)
    #expect(result.exitCode == .guardRefused)
    #expect(result.error?.message == "a loop that writes can run at most 1000 times, not 1001")
    expectEqual(await fixture.server.calls, [])
  }

  /// The iterations of nested loops are counted together.
  @Test func limitsNestedWritingLoops() async throws {
    let fixture = PipelineFixture()
    let text =
      "for a in list all { for b in list all { for c in list all { for d in list all { get $d.id | delete } } } }"
    let result = try await fixture.run(text)
    #expect(result.exitCode == .guardRefused)
    #expect(result.error?.message.hasSuffix("not 1296") == true)
    expectEqual(await fixture.server.calls, [])
  }

  @Test func expectIsRefusedWithALoop() async throws {
    let fixture = PipelineFixture()
    let text = "for x in [36, 37] { get $x | delete }"
    let result = try await fixture.run(text) { $0.guards.expected = 1 }
    #expect(result.exitCode == .usage)
    expectEqual(await fixture.server.calls, [])
  }

  @Test func interruptionStopsALoop() async throws {
    let fixture = PipelineFixture()
    let result = try await fixture.run("for x in [1, 2] { print $x }") {
      $0.isInterrupted = { true }
    }
    #expect(result.exitCode == .interrupted)
    #expect(fixture.output.text == "")
  }

  /// A dry run names the conditions it can't evaluate, and prints the calls of both branches.
  @Test func dryRunShowsBothBranches() async throws {
    let fixture = PipelineFixture()
    let text = """
      let rows = list where connected
      for row in $rows { get $row.id | delete }
      if count($rows) > 3 { $rows | disconnect } else { create always name = "x" }
      """
    let result = try await fixture.run(text, .dryRun)
    #expect(result.error == nil)
    #expect(fixture.output.text.contains("# for each `$row` of `$rows`:\n"))
    #expect(fixture.output.text.contains("# if `count($rows) > 3`:\n"))
    #expect(fixture.output.text.contains("# else:\nPOST"))
    expectEqual(await fixture.server.queries, [])
  }

  // MARK: diff

  private let before = """
    [{"id":36,"name":"Prod JIRA connection","folder_id":1,"updated_at":"2025-05-26T22:53:52.532Z","tags":["x","prod"]},
     {"id":37,"name":"ACME google sheet account","folder_id":4515,"updated_at":"2026-01-31T00:53:52.532+02:00"},
     {"id":99,"name":"gone","folder_id":4515}]
    """

  /// Equal timestamps are not a change, and fields that one side has not loaded are not compared.
  @Test func diffShowsTheChanges() async throws {
    let fixture = PipelineFixture()
    fixture.disk.put("before.json", before)
    let result = try await fixture.run(
      "get 36, 37, 38 | select id, name, folder_id, updated_at, tags | diff from \"before.json\"")
    #expect(result.error == nil)
    #expect(
      result.rows.map(\.text) == [
        #"{"id":36,"name":"Prod JIRA connection","change":"changed","field":"folder_id","before":1,"after":4515}"#,
        #"{"id":38,"name":"jira_connection","change":"added","field":null,"before":null,"after":null}"#,
        #"{"id":99,"name":"gone","change":"removed","field":null,"before":null,"after":null}"#,
      ])
  }

  @Test func nothingDiffersFromItself() async throws {
    expectEqual(try await rows("let a = list\nlist | diff $a | count"), [#"{"count":0}"#])
    expectEqual(try await rows("list | show as ids\nlist | diff it | count").last, #"{"count":0}"#)
  }

  @Test func definitionsAcceptRows() async throws {
    let text = """
      def others(before: rows, most: int) = diff $before | select id, change | first $most
      let before = list where id < 39
      list | others($before, count($before))
      """
    expectEqual(
      try await rows(text),
      [
        #"{"id":39,"change":"added"}"#, #"{"id":40,"change":"added"}"#,
        #"{"id":5000000123,"change":"added"}"#,
      ])
  }

  /// A CSV file can't distinguish null from empty text.
  @Test func nothingDiffersFromItsOwnSnapshot() async throws {
    for ending in ["json", "jsonl", "csv"] {
      let fixture = PipelineFixture()
      let text = "list where id < 39 | save \"s.\(ending)\""
      expectNil(try await fixture.run(text).error)
      let result = try await fixture.run("list where id < 39 | diff from \"s.\(ending)\"")
      #expect(result.rows.map(\.text) == [])
    }
  }

  @Test func rejectsAnIDInTwoRows() async throws {
    let fixture = PipelineFixture()
    fixture.disk.put("twice.json", #"[{"id":1,"name":"a"},{"id":1,"name":"b"}]"#)
    for text in [
      "list | diff from \"twice.json\"", "from \"twice.json\" | diff from \"twice.json\"",
    ] {
      let result = try await fixture.run(text)
      #expect(result.exitCode == .usage)
      #expect(result.error?.message == "the id 1 appears in two rows, so they can't be compared")
    }
  }

  // MARK: Confirmation

  @Test func confirmationNamesRowsThatMatchByMissingValues() async throws {
    let fixture = PipelineFixture()
    _ = try await fixture.run(
      "list where authorization_status != \"success\" | delete", answers: ["no"])
    let screen = fixture.output.talk.joined(separator: "\n")
    #expect(
      screen.contains(
        "Delete the 3 connections (of 6) that have `authorization_status` other than \"success\"; "
          + "1 of them has no `authorization_status`"))
  }
}
