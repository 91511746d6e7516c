import ConnectionsClient
import Engine
import Language
import Testing

/// A plan is carried out as it stands, or not at all.
@Suite struct PlanApplicationTests {
  // MARK: As planned

  @Test func exactlyItsWritesInOrder() async throws {
    let bench = Workbench()
    let file = try await bench.planFile(
      "list where tags has \"x\" and not connected | update folder_id = 7\nget 36 | disconnect force"
    )
    let result = try await bench.apply(try PlanFile.read(file.bytes))
    let folder = [BodyValue.Member("folder_id", .json(.int(7)))]
    #expect(
      await bench.server.calls == [
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

  @Test func referencesToNewConnections() async throws {
    let bench = Workbench()
    let file = try await bench.planFile(
      """
      for x in create name = "p", application = "jira" | update folder_id = 1 {
        create name = "c", application = "jira", parent_id = $x.id
        get $x.id | update folder_id = 2
      }
      """)
    let result = try await bench.apply(try PlanFile.read(file.bytes))
    #expect(result.exitCode == .success)
    let calls = await bench.server.calls
    #expect(calls.map(\.id) == [nil, 9001, nil, 9001])
    #expect(
      calls[2].request.body?.shown.text == #"{"name":"c","parent_id":9001,"provider":"jira"}"#)
    #expect(result.rows.map { $0["id"]?.int } == [9001, 9001, 9003, 9001])
  }

  /// What hangs on a write that was not done is not tried.
  @Test func behindAFailureNothingIsTried() async throws {
    let bench = Workbench()
    let file = try await bench.planFile(
      """
      for x in create name = "p", application = "jira" {
        create name = "c", application = "jira", parent_id = $x.id
      }
      get 37 | disconnect
      get 37, 38 | delete
      """)
    let refused = Attempt.rejected(Rejection(kind: .refused, status: 200, message: "no"))
    await bench.server.answer([refused, refused])
    let result = try await bench.apply(file)
    #expect(await bench.server.calls.map(\.id) == [nil, 37, 38])
    #expect(
      result.rows.map { $0["outcome"]?.string } == [
        "rejected", "skipped", "rejected", "skipped", "done",
      ])
    #expect(result.rows[1]["reason"]?.string == "the action before was `rejected`")
    #expect(result.exitCode == .someFailed)
  }

  @Test func nothingToDo() async throws {
    let bench = Workbench()
    let file = try await bench.planFile("list where name == \"none\" | delete")
    let result = try await bench.apply(file)
    #expect(result.exitCode == .success)
    #expect(result.sentence == "Nothing to do: no connection needs a change.")
  }

  @Test func onErrorStop() async throws {
    let bench = Workbench()
    let file = try await bench.planFile("get 36, 37 | delete\nget 38 | delete")
    await bench.server.answer([
      .rejected(Rejection(kind: .refused, status: 200, message: "in use"))
    ])
    let result = try await bench.apply(file) { $0.execution.failures.stopsAtFirst = true }
    #expect(await bench.server.calls.count == 1)
    #expect(result.exitCode == .someFailed)
    #expect(result.rows.map { $0["outcome"]?.string } == ["rejected", "skipped", "skipped"])
  }

  // MARK: Terms

  private func refusal(
    at now: String = "2026-01-31T10:01:05Z", used: any UsedPlans = MemoryPlans(),
    workspace: WorkspaceIdentity = Workbench.workspace, mostAge: TimeSpan = PlanTerms.defaultAge
  ) async throws -> String? {
    let bench = Workbench()
    let file = try await bench.planFile("get 36 | delete")
    let result = try await bench.apply(
      file, at: now, used: used, workspace: workspace, mostAge: mostAge)
    #expect(await bench.server.calls.isEmpty == (result.error != nil))
    if result.error?.exitCode != .internalError {
      #expect(result.exitCode == (result.error == nil ? .success : .stalePlan))
    }
    return result.error?.message
  }

  @Test func itsAge() async throws {
    #expect(try await refusal(at: "2026-02-01T10:00:05Z") == nil)
    #expect(
      try await refusal(at: "2026-02-01T10:00:06Z") == "the plan is 1d1s old, and good for 1d")
    #expect(
      try await refusal(mostAge: TimeSpan(microseconds: 2_000_000))
        == "the plan is 1m old, and good for 2s")
    #expect(try await refusal(at: "2026-01-31T09:55:05Z") == nil)
    #expect(
      try await refusal(at: "2026-01-31T09:55:04Z")
        == "the plan was made at 2026-01-31T10:00:05Z, which is yet to come")
  }

  @Test func itsWorkspace() async throws {
    let other = WorkspaceIdentity(
      host: "https://app.eu.workato.com", fingerprint: "0123456789ab", profile: nil)
    #expect(
      try await refusal(workspace: other)
        == "the plan is for https://www.workato.com, and this is https://app.eu.workato.com")
    let token = WorkspaceIdentity(
      host: "https://www.workato.com", fingerprint: "ba9876543210", profile: nil)
    #expect(
      try await refusal(workspace: token)
        == "the plan was made with another token: its fingerprint is 0123456789ab, "
        + "this one's ba9876543210")
  }

  /// The guards of a profile do not drop out, nor others come in.
  @Test func itsProfile() async throws {
    let bench = Workbench()
    let plain = try await bench.planFile("get 36 | delete")
    let guarded = try await bench.planFile("get 36 | delete", profile: "eu-prod")
    for (file, profile, message, help) in [
      (
        guarded, nil,
        "the plan was made with the profile `eu-prod`, and this run is without a profile",
        "name it with `--profile eu-prod`"
      ),
      (
        guarded, "eu-test",
        "the plan was made with the profile `eu-prod`, and this run is with the profile `eu-test`",
        "name it with `--profile eu-prod`"
      ),
      (
        plain, "eu-prod",
        "the plan was made without a profile, and this run is with the profile `eu-prod`",
        "plan again, with `conn plan … -o FILE`"
      ),
    ] {
      let result = try await bench.apply(file, workspace: Workbench.workspace(profile: profile))
      #expect(result.exitCode == .stalePlan)
      #expect(result.error?.message == message)
      #expect(result.error?.help == help)
    }
    #expect(await bench.server.calls.isEmpty)
    let workspace = Workbench.workspace(profile: "eu-prod")
    #expect(try await bench.apply(guarded, workspace: workspace).exitCode == .success)
  }

  @Test func once() async throws {
    let bench = Workbench()
    let file = try await bench.planFile("get 36 | delete")
    let used = MemoryPlans()
    #expect(try await bench.apply(file, used: used).exitCode == .success)
    let again = try await bench.apply(file, used: used)
    #expect(
      again.error?.message == "the plan was carried out before, and a plan is carried out once")
    #expect(await bench.server.calls.count == 1)
  }

  @Test func anotherProcessWasFirst() async throws {
    #expect(
      try await refusal(used: StubbornPlans(isFull: false))
        == "the plan was carried out before, and a plan is carried out once")
    #expect(
      try await refusal(used: StubbornPlans(isFull: true))
        == "it cannot be noted that the plan is carried out: No space left on device")
  }

  // MARK: Drift

  /// Plans on the samples, and carries out where the connections are `changed`.
  private func drift(_ text: String, _ id: Int64, _ member: String, _ json: JSON?) async throws
    -> (reason: String?, Workbench.Result)
  {
    let file = try await Workbench().planFile(text)
    let changed: [Connection] = Samples.connections.compactMap { connection in
      guard connection.id == id else { return connection }
      return json.map { connection.merging(JSON.Object([(member, $0)])) }
    }
    let bench = Workbench(changed)
    let result = try await bench.apply(file)
    let row = result.rows.first { $0["id"]?.int == id }
    let wasSent = await bench.server.calls.contains { $0.id == id }
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
  func aField(_ member: String, _ value: JSON, _ reason: String?) async throws {
    let text = "list where tags has \"x\" and connected and raw.project_id == null | delete"
    let (found, result) = try await drift(text, 36, member, value)
    #expect(found == reason)
    #expect(result.exitCode == (reason == nil ? .success : .stalePlan))
  }

  @Test func whatIsGone() async throws {
    let (reason, result) = try await drift("get 36, 37 | delete", 36, "", nil)
    #expect(reason == "drifted: the connection is gone")
    #expect(result.exitCode == .stalePlan)
    #expect(result.rows.map { $0["outcome"]?.string } == ["skipped", "done"])
    #expect(result.sentence == "Done: 1 of 2 deleted, 1 not tried, 2 calls, 0 s.")
  }

  @Test func whatAWriteChanges() async throws {
    let update = "get 36 | update folder_id = 1"
    #expect(
      try await drift(update, 36, "folder_id", .int(2)).reason == "drifted: folder_id: 4515 → 2")
    #expect(try await drift(update, 36, "name", .string("b")).reason == nil)
    let instant = JSON.string("2015-05-26T15:53:52.528-07:00")
    #expect(try await drift("get 36 | disconnect", 36, "authorized_at", instant).reason == nil)
    #expect(
      try await drift("get 36 | disconnect", 36, "authorized_at", .null).reason
        == #"drifted: authorized_at: "2015-05-26T22:53:52.528Z" → null"#)
  }

  /// The reasons of rows go with them, through variables and loops.
  @Test(arguments: [
    "let rows = list where tags has \"x\"\n$rows | where connected | update folder_id = 1",
    "for x in list where tags has \"x\" and connected { get $x.id | update folder_id = 1 }",
    "list where connected | select id, t = tags | where t has \"x\" | update folder_id = 1",
  ])
  func whereRowsComeFrom(_ text: String) async throws {
    let (reason, _) = try await drift(text, 36, "tags", .array([]))
    #expect(reason == #"drifted: tags: ["x","prod"] → []"#)
  }

  /// What the plan itself changes first is not held against it.
  @Test func itsOwnChanges() async throws {
    let bench = Workbench()
    let file = try await bench.planFile(
      """
      get 36 | update folder_id = 7, name = "a"
      list where name == "a" and folder_id == 7 | disconnect | delete
      """)
    let result = try await bench.apply(file)
    #expect(result.exitCode == .success)
    #expect(await bench.server.calls.count == 3)
  }

  @Test func whatDriftedIsLeftAloneAltogether() async throws {
    let (_, result) = try await drift("get 36, 37 | disconnect | delete", 36, "name", .string("b"))
    #expect(result.rows.map { $0["outcome"]?.string } == ["done", "done", "skipped", "done"])
    let (_, other) = try await drift(
      "get 36, 37 | disconnect | delete", 36, "authorization_status", .null)
    #expect(other.rows.map { $0["outcome"]?.string } == ["skipped", "done", "skipped", "done"])
  }

  @Test func aListThatFailsSendsNothing() async throws {
    let bench = Workbench()
    let file = try await bench.planFile("get 36 | delete")
    _ = try await bench.apply(file, used: MemoryPlans()) { $0.isInterrupted = { true } }
    #expect(await bench.server.calls.isEmpty)
  }

  @Test func tagsAreAskedForWhereTheyWereRead() async throws {
    for (text, wanted) in [
      ("list where tags has \"x\" | delete", true), ("get 36 | delete", false),
    ] {
      let bench = Workbench()
      _ = try await bench.apply(try await bench.planFile(text))
      let queries = await bench.server.queries
      #expect(queries.last?.includesTags == wanted)
      #expect(queries.count == 2)
    }
  }

  // MARK: Guards and confirmation

  @Test func guardsAreJudgedTwice() async throws {
    let error = await #expect(throws: RunError.self) {
      try await Workbench().plan("get 36, 37 | delete\nget 38 | delete") {
        $0.guards.mostWrites = 2
      }
    }
    #expect(error?.message == "--max-writes 2, but 1 are planned after 2 before")
    let plan = try await Workbench().plan("get 36 | delete") { $0.guards.mostPercent = 20 }
    let file = try PlanFile.read(try PlanFile(sealing: plan).bytes)
    let smaller = Workbench(Array(Samples.connections.prefix(3)))
    let result = try await smaller.apply(file)
    #expect(result.error?.message == "--max-percent 20, but 1 of 3 are selected")
    #expect(result.exitCode == .guardRefused)
    #expect(await smaller.server.calls.isEmpty)
  }

  @Test func withoutATerminalYesSuffices() async throws {
    let bench = Workbench()
    let file = try await bench.planFile("list where connected | delete")
    let result = try await bench.apply(file) { $0.guards.confirmed = false }
    #expect(result.exitCode == .notConfirmed)
    #expect(result.error?.help == "this is not a terminal: add --yes")
    #expect(try await bench.apply(file).exitCode == .success)
  }

  @Test(arguments: [(["2"], 0), (["www.workato.com"], 2), (["n"], 0)])
  func onATerminalItAsks(_ answers: [String], _ calls: Int) async throws {
    let bench = Workbench()
    let file = try await bench.planFile("list where tags has \"y\" | disconnect")
    let result = try await bench.apply(file, answers: answers)
    #expect(await bench.server.calls.count == calls)
    #expect(result.exitCode == (calls == 0 ? .notConfirmed : .success))
    #expect(
      bench.output.talk.first == #"""
        Workspace https://www.workato.com
        action              id  name            application  change
        disconnect          40  bell\u{7} 日本  jira
        disconnect  5000000123  é               outreach
        2 rows

        Disconnect the 2 connections (of 6) that have the tag "y".
        It takes about 2 s.
        """#)
  }
}
