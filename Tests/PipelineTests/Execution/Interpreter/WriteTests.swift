import API
import Evaluation
import Execution
import JSON
import TestSupport
import Testing

@Suite struct WriteTests {
  @Test func sendsOnlyNamedFields() async throws {
    let fixture = PipelineFixture()
    let result = try await fixture.run(
      "get 36 | update name = f\"{name} (old)\", folder_id = 28940")
    let body: [RequestBody.Member] = [
      RequestBody.Member("name", .json(.string("Prod JIRA connection (old)"))),
      RequestBody.Member("folder_id", .json(.int(28940))),
    ]
    expectEqual(await fixture.server.calls, [.update(id: 36, body)])
    #expect(result.sentence == "Done: 1 of 1 updated, 2 calls, 0 s.")
    #expect(result.rows[0]["outcome"]?.string == "done")
    #expect(result.rows[0]["name"]?.string == "Prod JIRA connection (old)")
  }

  @Test func doesNotSendUpdatesWithoutAChange() async throws {
    let fixture = PipelineFixture()
    let result = try await fixture.run("get 36, 38 | update folder_id = 4515 | select id, outcome")
    expectEqual(await fixture.server.calls.map(\.id), [38])
    #expect(result.rows.map { $0["outcome"]?.string } == ["unchanged", "done"])
  }

  @Test func succeedsWithoutRows() async throws {
    let result = try await PipelineFixture().run("list where name == \"none\" | delete")
    #expect(result.exitCode == .success)
    #expect(result.sentence == "Nothing matched: no connection was selected.")
  }

  @Test func succeedsWithoutAChange() async throws {
    let result = try await PipelineFixture().run("get 36 | update folder_id = 4515")
    #expect(result.exitCode == .success)
    #expect(result.sentence == "Nothing to do: no connection needs a change.")
  }

  @Test func chainedActionsSkipFailedRows() async throws {
    let fixture = PipelineFixture()
    let refused = Rejection(kind: .refused, status: 200, message: "in use")
    await fixture.server.answer([.rejected(refused), .applied(status: 200, nil)])
    let result = try await fixture.run(
      "get 36, 37 | disconnect | delete | select id, outcome, reason")
    expectEqual(
      await fixture.server.calls,
      [
        .disconnect(id: 36, force: false), .disconnect(id: 37, force: false), .delete(id: 37),
      ])
    #expect(
      result.rows.map(\.text) == [
        #"{"id":36,"outcome":"skipped","reason":"the previous action was `rejected`"}"#,
        #"{"id":37,"outcome":"done","reason":null}"#,
      ])
    #expect(result.exitCode == .someFailed)
  }

  @Test func createSendsProviderAndAnswersApplication() async throws {
    let fixture = PipelineFixture()
    let result = try await fixture.run(
      "create name = \"Prod JIRA connection\", application = \"jira\", folder_id = 1892 "
        + "| select application, raw")
    let call = try #require(await fixture.server.calls.first)
    #expect(call.kind == .create)
    #expect(call.members.map(\.name) == ["name", "provider", "folder_id"])
    #expect(result.rows[0]["application"]?.string == "jira")
    #expect(result.rows[0]["raw"]?["provider"] == nil)
  }

  @Test func actsOnACreatedConnection() async throws {
    let fixture = PipelineFixture()
    let result = try await fixture.run(
      "create name = \"a\", provider = \"jira\" | update folder_id = 1")
    #expect(result.exitCode == .success)
    expectEqual(await fixture.server.calls.last?.id, 9001)
  }

  @Test func createsAConnectionPerRowOfAFile() async throws {
    let fixture = PipelineFixture()
    fixture.disk.put("new.csv", "title,provider,folder_id\r\n\"a, b\",jira,1892\r\nc,slack,\r\n")
    _ = try await fixture.run(
      "from \"new.csv\" | create name = title, provider = provider, folder_id = folder_id")
    let bodies = await fixture.server.calls.map { $0.request.body?.shown.text ?? "" }
    #expect(
      bodies == [
        #"{"name":"a, b","provider":"jira","folder_id":1892}"#,
        #"{"name":"c","provider":"slack","folder_id":null}"#,
      ])
  }

  @Test(
    arguments: [
      (
        CallResult.rejected(Rejection(kind: .notFound, status: 404, message: "Not found")), "gone",
        ExitCode.someFailed
      ),
      (
        .rejected(Rejection(kind: .invalid, status: 422, message: "folder_id: no")), "failed",
        .someFailed
      ),
      (
        .rejected(Rejection(kind: .refused, status: 200, message: "in use")), "rejected",
        .someFailed
      ),
      (.unknown(UnknownReason(.timeout, "no answer within 60 s")), "unknown", .inDoubt),
      (.notSent("connection refused"), "failed", .network),
      (
        .rejected(Rejection(kind: .unauthorized, status: 401, message: "Unauthorized")), "failed",
        .authentication
      ),
      (
        .rejected(Rejection(kind: .forbidden, status: 403, message: "Forbidden")), "failed",
        .authentication
      ),
      (
        .rejected(Rejection(kind: .limited(retryAfter: nil), status: 429, message: "limit")),
        "skipped", .limited
      ),
    ] as [(CallResult, String, ExitCode)])
  func reportsOutcomes(_ attempt: CallResult, _ outcome: String, _ code: ExitCode) async throws {
    let fixture = PipelineFixture()
    await fixture.server.answer(Array(repeating: attempt, count: 60))
    let result = try await fixture.run("get 36 | delete")
    #expect(result.rows.first?["outcome"]?.string == outcome)
    #expect(result.exitCode == code)
  }

  @Test func unauthorizedStopsTheRun() async throws {
    let fixture = PipelineFixture()
    await fixture.server.answer([
      .applied(status: 200, nil),
      .rejected(Rejection(kind: .unauthorized, status: 401, message: "Unauthorized")),
    ])
    let result = try await fixture.run("get 36, 37, 38 | disconnect\nlist | count")
    expectEqual(await fixture.server.calls.count, 2)
    #expect(result.exitCode == .authentication)
    #expect(result.rows.map { $0["outcome"]?.string } == ["done", "failed", "skipped"])
    expectEqual(await fixture.server.queries.count, 1)
  }

  @Test func failuresInARowStopTheRun() async throws {
    let fixture = PipelineFixture()
    await fixture.server.answer(
      Array(repeating: .unknown(UnknownReason(.broken, "no answer")), count: 40))
    let result = try await fixture.run("list all | disconnect") { $0.execution.failures.limit = 3 }
    // Each is sent three times again.
    expectEqual(
      await fixture.server.calls.compactMap(\.id), [36, 37, 38].flatMap { [$0, $0, $0, $0] })
    #expect(result.error?.exitCode == .limited)
    #expect(result.exitCode == .inDoubt)
  }

  /// A run that was stopped can be resumed only if that could send or do something.
  @Test(arguments: [
    ("get 36, 37, 38 | disconnect", true), ("list all | disconnect", false),
    ("get 36, 37, 38 | disconnect\nget 39 | update name = \"x\"", false),
    ("get 36, 37, 38 | disconnect\nprint 1", false),
    ("for x in [36, 37, 38] { get $x | disconnect }", true),
    ("for x in [36, 37, 38] { get $x | disconnect | save replace f\"{$x}.csv\" }", true),
    ("for x in [36, 37, 38, 39] { get $x | disconnect }", false),
    ("if true { get 36, 37, 38 | disconnect\nprint 1 }", false),
  ])
  func aStoppedRunWithNothingLeftIsComplete(_ text: String, _ isComplete: Bool) async throws {
    let fixture = PipelineFixture()
    let failure = CallResult.rejected(Rejection(kind: .invalid, status: 422, message: "no"))
    await fixture.server.answer([failure, failure, failure])
    let result = try await fixture.run(text) { $0.execution.failures.limit = 3 }
    #expect(result.error?.message == "3 rows failed in a row")
    #expect(result.isComplete == isComplete)
  }

  /// A write that may have been applied is sent again only once the journal says so.
  @Test(arguments: ["get 36 | delete", "get 36 | disconnect", "get 36 | disconnect force"])
  func recordsASecondAttemptBeforeSendingIt(_ text: String) async throws {
    let fixture = PipelineFixture()
    let attempts = Locked<[[Int]]>([])
    await fixture.server.watchCalls { [runs = fixture.runs] in
      let held = (1...3).map { runs.count("\"type\":\"intent\",\"write\":1,\"attempt\":\($0)") }
      attempts.change { $0.append(held) }
    }
    await fixture.server.answer([.unknown(UnknownReason(.broken, "reset"))])
    let result = try await fixture.run(text)
    #expect(result.exitCode == .success)
    let held = attempts.read { $0 }
    #expect(held == [[1, 0, 0], [1, 1, 0]])
  }

  @Test func stopsAtTheFirstErrorIfAsked() async throws {
    let fixture = PipelineFixture()
    await fixture.server.answer([.rejected(Rejection(kind: .invalid, status: 422, message: "no"))])
    let result = try await fixture.run("list all | disconnect") {
      $0.execution.failures.stopsAtFirst = true
    }
    expectEqual(await fixture.server.calls.count, 1)
    #expect(result.exitCode == .someFailed)
  }

  @Test func interruptedRunSendsNoFurtherCall() async throws {
    let fixture = PipelineFixture()
    let result = try await fixture.run("list all | disconnect") { context in
      context.isInterrupted = { fixture.runs.count("\"type\":\"outcome\"") >= 2 }
    }
    expectEqual(await fixture.server.calls.count, 2)
    #expect(result.exitCode == .interrupted)
    #expect(result.rows.count { $0["outcome"]?.string == "skipped" } == 4)
  }

  @Test func sendsNoWriteThatWasNotConfirmed() async throws {
    let fixture = PipelineFixture()
    let refused = Rejection(kind: .refused, status: 200, message: "in use")
    await fixture.server.answer([.rejected(refused)])
    let result = try await fixture.run(
      "get 36 | disconnect | select id, outcome | where outcome != \"done\" | update name = \"odd\""
    )
    expectEqual(await fixture.server.calls.count, 1)
    #expect(result.rows.first?["outcome"]?.string == "skipped")
  }

  /// Equal calls are counted: the preview contained fewer of them.
  @Test func sendsNoCallMoreOftenThanPlanned() async throws {
    let fixture = PipelineFixture()
    let refused = Rejection(kind: .refused, status: 200, message: "no")
    await fixture.server.answer([.rejected(refused), .rejected(refused)])
    let result = try await fixture.run(
      """
      get 36, 37, 38 | update external_id = "U12904" | where outcome != "done"
      | create name = "odd", provider = "jira"
      """)
    let creates = await fixture.server.calls.count { $0.id == nil }
    #expect(creates == 1)
    #expect(result.exitCode == .someFailed)
  }

  @Test func stopInALetStopsTheRun() async throws {
    let fixture = PipelineFixture()
    await fixture.server.answer([
      .rejected(Rejection(kind: .unauthorized, status: 401, message: "no"))
    ])
    let result = try await fixture.run("let gone = get 36 | delete\nget 37 | delete")
    expectEqual(await fixture.server.calls.count, 1)
    #expect(result.exitCode == .authentication)
  }

  @Test func selectKeepsTheOutcomeOfARow() async throws {
    let fixture = PipelineFixture()
    let refused = Rejection(kind: .refused, status: 200, message: "no")
    await fixture.server.answer([.rejected(refused)])
    _ = try await fixture.run("get 36 | disconnect | select id, name | delete")
    expectEqual(await fixture.server.calls, [.disconnect(id: 36, force: false)])
  }

  @Test func columnNamedOutcomeHasNoEffect() async throws {
    let fixture = PipelineFixture()
    _ = try await fixture.run("get 36 | select id, outcome = \"failed\" | delete")
    expectEqual(await fixture.server.calls, [.delete(id: 36)])
  }

  @Test func checksAnExpectationBehindAWriteBeforeItIfPossible() async throws {
    let fixture = PipelineFixture()
    let result = try await fixture.run("list all | disconnect | expect count <= 3 | delete")
    #expect(result.exitCode == .guardRefused)
    expectEqual(await fixture.server.calls, [])
  }

  @Test func refusalBehindAWriteDoesNotClaimThatNothingChanged() async throws {
    let result = try await PipelineFixture().run(
      "let r = get 36 | delete\nif count($r) == 1 { get 37 | expect count == 0 | delete }")
    #expect(result.error?.exitCode == .guardRefused)
    #expect(result.exitCode == .someFailed)
  }

  @Test func unreachableServerEndsTheRun() async throws {
    let fixture = PipelineFixture()
    await fixture.server.answer(Array(repeating: .notSent("connection refused"), count: 60))
    let result = try await fixture.run("get 36, 37 | delete")
    let sent = await fixture.server.calls.compactMap(\.id)
    #expect(Set(sent) == [36] && sent.count > 6, "\(sent)")
    #expect(result.exitCode == .network)
    #expect(result.sentence?.contains("1 call,") == true)
  }

  @Test func checksTypesOfRawValuesAtRunTime() async throws {
    let fixture = PipelineFixture()
    let result = try await fixture.run("get 36 | update name = raw.tags ?? \"x\"")
    #expect(
      result.error?.message == #"`name` would become ["x","prod"], which is not of type string"#)
    expectEqual(await fixture.server.calls, [])
  }

  @Test func refusesAFileChangedSinceTheCheck() async throws {
    let fixture = PipelineFixture()
    fixture.disk.put("in.json", #"[{"a":"A","b":"B"}]"#)
    fixture.disk.put("y.json", #"[{"a":"A","b":"B"}]"#)
    let result = try await fixture.run(
      "from \"in.json\" | select b, a | save replace \"y.json\"\nfrom \"y.json\" | create name = a")
    #expect(
      result.error?.message == "the columns of `y.json` have changed since the script was checked")
    expectEqual(await fixture.server.calls, [])
  }

  @Test func reportsAFullDisk() async throws {
    let result = try await PipelineFixture().run("list | save \"full.json\"")
    #expect(result.error?.message == "cannot write `full.json`: No space left on device")
  }

  @Test func roundTripsASnapshot() async throws {
    let fixture = PipelineFixture()
    for ending in ["json", "jsonl", "csv"] {
      _ = try await fixture.run("list | save \"s.\(ending)\"")
      let result = try await fixture.run("from \"s.\(ending)\" | where tags has \"x\" | count")
      #expect(result.rows.last?["count"]?.int == 3)
    }
  }
}
