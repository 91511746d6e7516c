import API
import Evaluation
import Execution
import JSON
import Planning
import TestSupport
import Testing

/// Scripts whose later writes depend on what the earlier ones show: outcomes, and new ids.
@Suite struct PlannedLaterTests {
  /// What only the server can tell after a write is planned when it is known.
  @Test(arguments: [
    ("get 36 | update name = \"n\"", "list where updated_at < now() and id == 37"),
    ("get 36 | update name = \"n\"", "list | sort by updated_at | first 1"),
    ("get 36 | update input = { a: \"x\" }", "list where connected or id == 37 | first 1"),
    ("create name = \"a\", provider = \"jira\"", "list | sort by id | first 1"),
    ("create name = \"a\", provider = \"jira\"", "list where created_at < now() | first 1"),
    (
      "let made = create name = \"a\", provider = \"jira\"",
      "for x in $made { if $x.id > 0 { get 37"
    ),
  ])
  func whatTheServerDecidesIsPlannedLater(_ first: String, _ selection: String) async throws {
    let fixture = PipelineFixture()
    let end = selection.hasPrefix("for") ? " } }" : ""
    let text = "\(first)\n\(selection) | update name = \"m\"\(end)"
    let result = try await fixture.run(text, answers: ["y", "n"])
    #expect(result.exitCode == .someFailed)
    #expect(result.error?.message == "not confirmed; nothing further was changed")
    #expect(await fixture.server.calls.count == 1)
  }

  /// What depends on an outcome is planned when it is known; the first question says so.
  @Test func outcomesAreAskedForAgain() async throws {
    let fixture = PipelineFixture()
    let refused = Rejection(kind: .refused, status: 200, message: "used by active recipes")
    await fixture.server.answer([.rejected(refused)])
    let text = """
      let done = get 36, 37 | disconnect
      for row in $done | where outcome == "rejected" { get $row.id | disconnect force }
      """
    let result = try await fixture.run(text, answers: ["www.workato.com", "y"])
    #expect(result.error?.message == nil)
    expectEqual(
      await fixture.server.calls,
      [
        .disconnect(id: 36, force: false), .disconnect(id: 37, force: false),
        .disconnect(id: 36, force: true),
      ])
  }

  /// Rows that outcomes select are known after the writes, however they reach the next write.
  @Test(arguments: [
    """
    let bad = $done | where outcome == "rejected"
    let one = $bad | first 1
    for x in $one { get $x.id | disconnect force }
    """,
    "let bad = $done | where outcome == \"rejected\"\nfor x in $bad { get $x.id | disconnect force }",
    """
    let bad = $done | where outcome == "rejected"
    let n = count($bad)
    if $n > 0 { get 36 | disconnect force }
    """,
    "let bad = $done | where outcome == \"rejected\"\nif count($bad) > 0 { get 36 | disconnect force }",
    """
    let bad = $done | where outcome == "rejected"
    get 36 | where count($bad) > 0 | disconnect force
    """,
    "$done | where outcome == \"rejected\"\nfor x in it { get $x.id | disconnect force }",
    """
    for x in $done {
      let same = get 36 | where id == $x.id and $x.outcome == "rejected"
      $same | disconnect force
    }
    """,
    """
    for x in $done {
      get 36 | where id == $x.id and $x.outcome == "rejected"
      it | disconnect force
    }
    """,
    """
    let bad = $done | where outcome == "rejected"
    let change = get 36 | diff $bad
    if count($change) == 0 { get 36 | disconnect force }
    """,
  ])
  func rowsThatOutcomesSelectAreKnownLater(_ text: String) async throws {
    let fixture = PipelineFixture()
    let refused = Rejection(kind: .refused, status: 200, message: "used by active recipes")
    await fixture.server.answer([.rejected(refused)])
    _ = try await fixture.run("let done = get 36, 37 | disconnect\n" + text)
    expectEqual(
      await fixture.server.calls,
      [
        .disconnect(id: 36, force: false), .disconnect(id: 37, force: false),
        .disconnect(id: 36, force: true),
      ])
  }

  /// Rows that were only looked at cost no second question.
  @Test func rowsThatOutcomesSelectMayBeShown() async throws {
    let text = """
      let done = get 36, 37 | disconnect
      let bad = $done | where outcome != "done"
      print f"{count($bad)} failed"
      get 38 | disconnect
      """
    let fixture = PipelineFixture()
    let result = try await fixture.run(text, answers: ["www.workato.com"])
    #expect(result.error?.message == nil)
    expectEqual(await fixture.server.calls.compactMap(\.id), [36, 37, 38])
  }

  @Test func firstQuestionNamesWhatIsPlannedLater() async throws {
    let text = """
      get 36 | update name = "n"
      let done = get 37 | disconnect
      if count($done) == 1 { get 38 | disconnect }
      """
    let fixture = PipelineFixture()
    let result = try await fixture.run(text, answers: ["www.workato.com", "y"])
    #expect(result.error?.message == nil)
    expectEqual(await fixture.server.calls.compactMap(\.id), [36, 37, 38])
    #expect(
      fixture.output.talk.first?.contains(
        "What follows depends on the outcomes and is planned when they are known: test:3:4.")
        == true)
  }

  /// Also if the first part is a single pipeline, on its own or in a loop.
  @Test(arguments: [
    ("let done = get 37 | disconnect\nif count($done) == 1 { get 38 | disconnect }", "test:2:4"),
    (
      """
      for c in [37] {
        let done = get $c | disconnect
        $done | where outcome == "rejected" | disconnect force
      }
      """, "test:3:11"
    ),
  ])
  func firstQuestionOfAPipelineNamesWhatIsPlannedLater(_ text: String, _ place: String) async throws
  {
    let fixture = PipelineFixture()
    let result = try await fixture.run(text, answers: ["y", "y"])
    #expect(result.error?.message == nil)
    let questions = fixture.output.talk.filter { $0.contains("What follows depends") }
    #expect(questions.count == 1)
    #expect(
      questions.first?.contains(
        "What follows depends on the outcomes and is planned when they are known: \(place).")
        == true, "\(fixture.output.talk)")
  }

  /// Rows that an earlier part creates have their real ids when a later part uses them.
  @Test func laterPartsUseTheIdsOfCreatedConnections() async throws {
    let fixture = PipelineFixture()
    let text = """
      let made = get 36, 37 | create name = f"shell {id}", provider = "jira", shell_connection = true
      for row in $made { get 38 | update name = f"child of {$row.id}", parent_id = $row.id }
      """
    let result = try await fixture.run(text)
    #expect(result.error?.message == nil)
    let calls = await fixture.server.calls
    let bodies = calls.suffix(2).map { $0.request.body?.shown.text ?? "" }
    #expect(calls.count == 4)
    #expect(!bodies.contains { $0.contains("{") && $0.contains("$row") })
    #expect(bodies.first != bodies.last)
  }

  /// A value that needs the id of a connection that was not created can't be sent.
  @Test(arguments: [
    "for x in $made { get 38 | update name = f\"child of {$x.id}\" }",
    "for x in $made { get 38 | update parent_id = $x.id }",
    "for x in $made { create name = \"c\", provider = \"jira\", parent_id = $x.id }",
    "for x in $made { get 38 | disconnect | update name = f\"child of {$x.id}\" }",
    "$made | create name = f\"child of {id}\", provider = \"jira\"",
  ])
  func writesThatNeedAMissingConnectionAreSkipped(_ second: String) async throws {
    let fixture = PipelineFixture()
    let refused = Rejection(kind: .refused, status: 400, message: "no")
    await fixture.server.answer([.rejected(refused)])
    let text = "let made = create name = \"a\", provider = \"jira\"\n\(second)"
    let result = try await fixture.run(text)
    #expect(result.exitCode == .someFailed)
    let bodies = await fixture.server.calls.map { $0.request.body?.shown.text ?? "" }
    #expect(!bodies.contains { $0.contains("child of") || $0.contains("parent_id") }, "\(bodies)")
  }

  /// A value that is computed from a new id is sent with the real id, on whatever way it came.
  @Test(arguments: [
    "let n = f\"child of {$x.id}\"\nget 38 | update name = $n",
    "let n = $x.id\nlet m = f\"child of {$n}\"\nget 38 | update name = $m",
    "for y in [$x.id] { get 38 | update name = f\"child of {$y}\" }",
    "let o = get 38 | select id, n = f\"child of {$x.id}\"\n$o | update name = n",
    "let o = get 38 | select n = f\"child of {$x.id}\"\nfor y in $o { get 38 | update name = $y.n }",
    "get 38 | select id, n = f\"child of {$x.id}\" | update name = n",
    "get 38 | select name, n = f\"child of {$x.id}\" | update name = n",
    "get 38 | update name = if $x.id > 0 then f\"child of {$x.id}\" else \"orphan\"",
    "get 38 | update external_id = f\"child of {$x.id}\" | update name = external_id ?? \"\"",
    """
    get 37 | update name = f"child of {$x.id}"
    for y in get 37 { get 38 | update name = $y.name }
    """,
    """
    let g = $made | group by provider with max(id) as newest
    for y in $g { get 38 | update name = f"child of {$y.newest}" }
    """,
    """
    let g = $made | select id, n = f"child of {id}"
    for y in $g { get 38 | update name = $y.n }
    """,
    "let ok = $x.id > 0\nif $ok { get 38 | update name = f\"child of {$x.id}\" }",
    "if $x.id > 0 { get 38 | update name = f\"child of {$x.id}\" }",
    "get 38 | where id < $x.id | update name = f\"child of {$x.id}\"",
  ])
  func valuesComputedFromNewIDsAreReal(_ body: String) async throws {
    let text = """
      let made = create name = "a", provider = "jira"
      for x in $made { \(body) }
      """
    let fixture = PipelineFixture()
    let result = try await fixture.run(text)
    #expect(result.error?.message == nil)
    let last = await fixture.server.calls.last
    expectEqual(last?.id, 38)
    expectEqual(last?.request.body?.shown.text, #"{"name":"child of 9001"}"#)
  }

  /// In the pipeline that creates, the rest waits for the id.
  @Test(arguments: [
    "| update name = f\"child of {id}\"",
    "| select id, n = f\"child of {id}\" | update name = n",
    "| update external_id = f\"child of {id}\" | update name = external_id ?? \"\"",
    "| select id, n = f\"child of {id}\"\n$made | update name = n",
  ])
  func valuesComputedBehindACreateAreReal(_ rest: String) async throws {
    let fixture = PipelineFixture()
    let result = try await fixture.run(
      "let made = create name = \"a\", provider = \"jira\" \(rest)")
    #expect(result.error?.message == nil)
    let last = await fixture.server.calls.last
    expectEqual(last?.id, 9001)
    expectEqual(last?.request.body?.shown.text, #"{"name":"child of 9001"}"#)
  }

  /// A plan file is applied without its script, which could compute such a value.
  @Test(arguments: [
    "for x in $made { let n = f\"child of {$x.id}\"\nget 38 | update name = $n }",
    "$made | select id, n = f\"child of {id}\" | update name = n",
    "for x in $made { get 38 | update name = f\"child of {$x.id}\" }",
  ])
  func planFileRefusesValuesComputedFromNewIDs(_ second: String) async throws {
    let text = "let made = create name = \"a\", provider = \"jira\"\n\(second)"
    let error = await #expect(throws: RunError.self) { try await PipelineFixture().plan(text) }
    #expect(error?.message.contains("isn't known until it is created") == true)
  }

  /// A file that an earlier statement saves is read when it has been saved.
  @Test func readsFilesThatTheScriptSaves() async throws {
    let fixture = PipelineFixture()
    fixture.disk.put("left.json", #"[{"id":36,"name":"stale"}]"#)
    let text = """
      get 37 | disconnect | select id, name | save replace "left.json"
      for row in from "left.json" { get $row.id | update name = "saved" }
      """
    let result = try await fixture.run(text)
    #expect(result.error?.message == nil)
    expectEqual(await fixture.server.calls.map(\.id), [37, 37])
  }

  /// The last result has outcomes, too.
  @Test func lastResultIsPlannedWhenItIsKnown() async throws {
    let fixture = PipelineFixture()
    let refused = Rejection(kind: .refused, status: 200, message: "no")
    await fixture.server.answer([.rejected(refused)])
    let text = """
      get 36, 37 | disconnect
      for row in it | where outcome == "rejected" { get $row.id | disconnect force }
      """
    let result = try await fixture.run(text)
    #expect(result.error?.message == nil)
    expectEqual(await fixture.server.calls.map(\.id), [36, 37, 36])
  }
}
