import API
import Evaluation
import Execution
import JSON
import Planning
import TestSupport
import Testing

/// A plan is applied exactly as it is, or not at all.
@Suite struct PlanApplicationTests {
  // MARK: As planned

  @Test func sendsExactlyThePlannedWritesInOrder() async throws {
    let fixture = PipelineFixture()
    let file = try await fixture.planFile(
      "list where tags has \"x\" and not connected | update folder_id = 7\nget 36 | disconnect force"
    )
    let result = try await fixture.apply(try PlanFile.read(file.bytes))
    let folder = [RequestBody.Member("folder_id", .json(.int(7)))]
    expectEqual(
      await fixture.server.calls,
      [
        .update(id: 39, folder), .update(id: 5_000_000_123, folder),
        .disconnect(id: 36, force: true),
      ])
    #expect(result.exitCode == .success)
    #expect(result.sentence == "Done: 2 of 2 updated, 1 of 1 disconnected, 4 calls, 0 s.")
    #expect(
      result.rows.last?.text
        == #"{"id":36,"name":"Prod JIRA connection","action":"disconnect","outcome":"done","#
        + #""reason":null,"http_status":200}"#)
  }

  @Test func resolvesReferencesToNewConnections() async throws {
    let fixture = PipelineFixture()
    let file = try await fixture.planFile(
      """
      for x in create name = "p", application = "jira" | update folder_id = 1 {
        create name = "c", application = "jira", parent_id = $x.id
        get $x.id | update folder_id = 2
      }
      """)
    let result = try await fixture.apply(try PlanFile.read(file.bytes))
    #expect(result.exitCode == .success)
    let calls = await fixture.server.calls
    #expect(calls.map(\.id) == [nil, 9001, nil, 9001])
    #expect(
      calls[2].request.body?.shown.text == #"{"name":"c","parent_id":9001,"provider":"jira"}"#)
    #expect(result.rows.map { $0["id"]?.int } == [9001, 9001, 9003, 9001])
  }

  /// Writes that depend on one that was not applied are not tried.
  @Test func skipsWritesThatDependOnAFailedOne() async throws {
    let fixture = PipelineFixture()
    let file = try await fixture.planFile(
      """
      for x in create name = "p", application = "jira" {
        create name = "c", application = "jira", parent_id = $x.id
      }
      get 37 | disconnect
      get 37, 38 | delete
      """)
    let refused = CallResult.rejected(Rejection(kind: .refused, status: 200, message: "no"))
    await fixture.server.answer([refused, refused])
    let result = try await fixture.apply(file)
    expectEqual(await fixture.server.calls.map(\.id), [nil, 37, 38])
    #expect(
      result.rows.map { $0["outcome"]?.string } == [
        "rejected", "skipped", "rejected", "skipped", "done",
      ])
    #expect(result.rows[1]["reason"]?.string == "the previous action was `rejected`")
    #expect(result.exitCode == .someFailed)
  }

  @Test func appliesAnEmptyPlan() async throws {
    let fixture = PipelineFixture()
    let file = try await fixture.planFile("list where name == \"none\" | delete")
    let result = try await fixture.apply(file)
    #expect(result.exitCode == .success)
    #expect(result.sentence == "Nothing to do: no connection needs a change.")
  }

  @Test func stopsAtTheFirstErrorIfAsked() async throws {
    let fixture = PipelineFixture()
    let file = try await fixture.planFile("get 36, 37 | delete\nget 38 | delete")
    await fixture.server.answer([
      .rejected(Rejection(kind: .refused, status: 200, message: "in use"))
    ])
    let result = try await fixture.apply(file) { $0.execution.failures.stopsAtFirst = true }
    expectEqual(await fixture.server.calls.count, 1)
    #expect(result.exitCode == .someFailed)
    #expect(result.rows.map { $0["outcome"]?.string } == ["rejected", "skipped", "skipped"])
  }

  // MARK: Guards and confirmation

  @Test func judgesGuardsWhenPlanningAndWhenApplying() async throws {
    let error = await #expect(throws: RunError.self) {
      try await PipelineFixture().plan("get 36, 37 | delete\nget 38 | delete") {
        $0.guards.maxWrites = 2
      }
    }
    #expect(error?.message == "would be refused: --max-writes 2, but 3 are planned")
    let plan = try await PipelineFixture().plan("get 36 | delete") { $0.guards.maxPercent = 20 }
    let file = try PlanFile.read(try PlanFile(sealing: plan).bytes)
    let smaller = PipelineFixture(Array(Samples.connections.prefix(3)))
    let result = try await smaller.apply(file)
    #expect(result.error?.message == "--max-percent 20, but 1 of 3 is selected")
    #expect(result.exitCode == .guardRefused)
    expectEqual(await smaller.server.calls, [])
  }

  @Test func yesSufficesWithoutATerminal() async throws {
    let fixture = PipelineFixture()
    let file = try await fixture.planFile("list where connected | delete")
    let result = try await fixture.apply(file) { $0.guards.confirmed = false }
    #expect(result.exitCode == .notConfirmed)
    #expect(result.error?.help == "not a terminal: add --yes")
    expectEqual(try await fixture.apply(file).exitCode, .success)
  }

  @Test(arguments: [(["2"], 0), (["www.workato.com"], 2), (["n"], 0)])
  func asksForConfirmationOnATerminal(_ answers: [String], _ calls: Int) async throws {
    let fixture = PipelineFixture()
    let file = try await fixture.planFile("list where tags has \"y\" | disconnect")
    let result = try await fixture.apply(file, answers: answers)
    expectEqual(await fixture.server.calls.count, calls)
    #expect(result.exitCode == (calls == 0 ? .notConfirmed : .success))
    #expect(
      fixture.output.talk.first == #"""
        Workspace https://www.workato.com
        disconnect 2 connections
                40  bell\u{7} 日本  jira
        5000000123  é               outreach

        Disconnect the 2 connections.
        `disconnect` of 2 connections cannot be undone: the credentials are gone.
        This takes about 2 s.
        """#)
  }

  // MARK: Creates

  /// Applied again where nobody knows that it was applied, a plan makes nothing a second time.
  @Test(arguments: [
    ("create", "skipped", ExitCode.stalePlan), ("create unless exists", "unchanged", .success),
  ])
  func secondApplyCreatesNothing(_ create: String, _ outcome: String, _ code: ExitCode) async throws
  {
    let fixture = PipelineFixture()
    let file = try await fixture.planFile(
      "\(create) name = \"new\", provider = \"jira\" | update folder_id = 5")
    expectEqual(try await fixture.apply(file).exitCode, .success)
    let made = await fixture.server.calls.count
    let all = await fixture.server.connections
    let new = #"{"id":9001,"name":"new","application":"jira","folder_id":5}"#
    await fixture.server.replace(
      all + [try #require(Connection(try JSONParser.parse(Array(new.utf8))))])
    let again = try await fixture.apply(file)
    #expect(again.exitCode == code, "\(again.rows)")
    #expect(
      again.rows.last(where: { $0["action"]?.string == "create" })?["outcome"]?.string == outcome)
    #expect(await fixture.server.calls.dropFirst(made).allSatisfy { $0.id != nil })
  }

  // MARK: Rows that match now

  /// What satisfies the conditions only since the plan was made is reported, and left alone.
  @Test(arguments: [
    ("list where folder_id == 4515", ["36", "38"]),
    ("let folder = 4515\nlist where folder_id == $folder | sort by name | where id != 38", ["36"]),
    ("list where folder_id == 4515 | first 9", []), ("get 36, 37 | where folder_id == 4515", []),
  ])
  func reportsWhatMatchesByNow(_ selection: String, _ expected: [String]) async throws {
    let fixture = PipelineFixture()
    let all = await fixture.server.connections
    await fixture.server.replace(
      all.filter { $0.id != 38 }.map { $0.id == 36 ? $0.inFolder(1) : $0.inFolder(4515) })
    let file = try await fixture.planFile("\(selection) | disconnect")
    let planned = file.plan.writes.compactMap(\.id)
    await fixture.server.replace(all.map { $0.inFolder(4515) })
    _ = try await fixture.apply(file)
    let told = fixture.output.talk.filter { $0.contains("now match") }
    #expect(told.count == (expected.isEmpty ? 0 : 1), "\(fixture.output.talk)")
    for id in expected { #expect(told.first?.contains("\(id) \"") == true, "\(told)") }
    expectEqual(await fixture.server.calls.compactMap(\.id), planned)
  }
}

extension Connection {
  fileprivate func inFolder(_ id: Int64) -> Connection {
    merging(JSON.Object([("folder_id", .int(id))]))
  }
}
