import API
import Evaluation
import Execution
import JSON
import TestSupport
import Testing

/// Targets that have changed since the plan was created are skipped.
@Suite struct PlanDriftTests {
  /// Plans on the samples, and applies the plan to the connections `changed`.
  private func drift(_ text: String, _ id: Int64, _ member: String, _ json: JSON?) async throws
    -> (reason: String?, PipelineFixture.Result)
  {
    let file = try await PipelineFixture().planFile(text)
    let changed: [Connection] = Samples.connections.compactMap { connection in
      guard connection.id == id else { return connection }
      return json.map { connection.merging(JSON.Object([(member, $0)])) }
    }
    let fixture = PipelineFixture(changed)
    let result = try await fixture.apply(file)
    let row = result.rows.first { $0["id"]?.int == id }
    let wasSent = await fixture.server.calls.contains { $0.id == id }
    #expect(wasSent == (row?["outcome"]?.string == "done"))
    return (row?["reason"]?.string, result)
  }

  private static let changes: [(String, JSON, String?)] = [
    ("name", .string("other"), #"drifted: name: "Prod JIRA connection" → "other""#),
    ("folder_id", .int(7), "drifted: folder_id: 4515 → 7"),
    ("external_id", .null, #"drifted: external_id: "U12904" → null"#),
    ("parent_id", .int(37), "drifted: parent_id: null → 37"),
    ("tags", .array([.string("y")]), #"drifted: tags: ["x","prod"] → ["y"]"#),
    ("authorization_status", .string("failed"), "drifted: connected: true → false"),
    ("project_id", .int(1), "drifted: raw.project_id: null → 1"),
    ("tags", .array([.string("prod"), .string("x")]), nil),
    ("folder_id", .string("4515"), nil), ("description", .string("text"), nil),
    ("updated_at", .string("2026-01-31T10:00:30Z"), nil),
  ]

  @Test(arguments: changes)
  func detectsChangedFields(_ member: String, _ value: JSON, _ reason: String?) async throws {
    let text = "list where tags has \"x\" and connected and raw.project_id == null | delete"
    let (found, result) = try await drift(text, 36, member, value)
    #expect(found == reason)
    #expect(result.exitCode == (reason == nil ? .success : .stalePlan))
  }

  @Test func detectsDeletedConnections() async throws {
    let (reason, result) = try await drift("get 36, 37 | delete", 36, "", nil)
    #expect(reason == "drifted: the connection no longer exists")
    #expect(result.exitCode == .stalePlan)
    #expect(result.rows.map { $0["outcome"]?.string } == ["skipped", "done"])
    #expect(result.sentence == "Done: 1 of 2 deleted, 1 not tried, 2 calls, 0 s.")
  }

  @Test func detectsChangesOfWrittenFields() async throws {
    let update = "get 36 | update folder_id = 1"
    expectEqual(
      try await drift(update, 36, "folder_id", .int(2)).reason, "drifted: folder_id: 4515 → 2")
    expectEqual(try await drift(update, 36, "name", .string("b")).reason, nil)
    let instant = JSON.string("2015-05-26T15:53:52.528-07:00")
    expectEqual(try await drift("get 36 | disconnect", 36, "authorized_at", instant).reason, nil)
    expectEqual(
      try await drift("get 36 | disconnect", 36, "authorized_at", .null).reason,
      #"drifted: authorized_at: "2015-05-26T22:53:52.528Z" → null"#)
  }

  /// Rows keep their selection reasons through variables and loops.
  @Test(arguments: [
    "let rows = list where tags has \"x\"\n$rows | where connected | update folder_id = 1",
    "for x in list where tags has \"x\" and connected { get $x.id | update folder_id = 1 }",
    "list where connected | select id, t = tags | where t has \"x\" | update folder_id = 1",
  ])
  func keepsSelectionReasonsThroughVariablesAndLoops(_ text: String) async throws {
    let (reason, _) = try await drift(text, 36, "tags", .array([]))
    #expect(reason == #"drifted: tags: ["x","prod"] → []"#)
  }

  /// Changes by the plan's own earlier writes are not drift.
  @Test func ignoresThePlansOwnChanges() async throws {
    let fixture = PipelineFixture()
    let file = try await fixture.planFile(
      """
      get 36 | update folder_id = 7, name = "a"
      list where name == "a" and folder_id == 7 | disconnect | delete
      """)
    let result = try await fixture.apply(file)
    #expect(result.exitCode == .success)
    expectEqual(await fixture.server.calls.count, 3)
  }

  @Test func skipsAllWritesToADriftedConnection() async throws {
    let (_, result) = try await drift("get 36, 37 | disconnect | delete", 36, "name", .string("b"))
    #expect(result.rows.map { $0["outcome"]?.string } == ["done", "done", "skipped", "done"])
    let (_, other) = try await drift(
      "get 36, 37 | disconnect | delete", 36, "authorization_status", .null)
    #expect(other.rows.map { $0["outcome"]?.string } == ["skipped", "done", "skipped", "done"])
  }

  @Test func interruptionBeforeTheListSendsNothing() async throws {
    let fixture = PipelineFixture()
    let file = try await fixture.planFile("get 36 | delete")
    _ = try await fixture.apply(file, used: MemoryPlans()) { $0.isInterrupted = { true } }
    expectEqual(await fixture.server.calls, [])
  }

  @Test func requestsTagsOnlyIfThePlanReadThem() async throws {
    for (text, wanted) in [
      ("list where tags has \"x\" | delete", true), ("get 36 | delete", false),
    ] {
      let fixture = PipelineFixture()
      _ = try await fixture.apply(try await fixture.planFile(text))
      let queries = await fixture.server.queries
      #expect(queries.last?.includesTags == wanted)
      #expect(queries.count == 2)
    }
  }
}
