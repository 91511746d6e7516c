import API
import Evaluation
import Execution
import JSON
import Language
import Planning
import TestSupport
import Testing

/// The limits that a profile sets for runs against its workspace.
@Suite struct ProfileGuardTests {
  private let fixture = PipelineFixture()

  private func run(
    _ text: String, _ settings: String, _ mode: PipelineFixture.Mode = .live,
    answers: [String] = [],
    _ configure: (inout RunContext) -> Void = { _ in }
  ) async throws -> PipelineFixture.Result {
    let guards = try Profiles.guards(settings)
    return try await fixture.run(text, mode, answers: answers) { context in
      context.guards.profile = guards
      context.serverURL = "https://app.eu.workato.com"
      configure(&context)
    }
  }

  private func expectRefused(_ result: PipelineFixture.Result, _ message: String) async {
    #expect(result.error?.message == message)
    #expect(result.exitCode == .guardRefused)
    expectEqual(await fixture.server.calls, [])
  }

  // MARK: read_only

  @Test(arguments: [
    "get 36 | delete", "list | count\nget 36 | delete",
    "if now() > @2020-01-01 { get 36 | delete }",
    "for x in [36] { get $x | delete }", "create name = \"a\", provider = \"jira\"",
  ])
  func readOnlyRefusesBeforeAnythingIsSent(_ text: String) async throws {
    let result = try await run(text, "read_only = true")
    let stage = text.hasPrefix("create") ? "create" : "delete"
    await expectRefused(
      result, "the profile `eu-prod` is read-only, but `\(stage)` writes")
    expectEqual(await fixture.server.queries, [])
    #expect(result.error?.span != nil)
  }

  @Test func readOnlyPermitsReading() async throws {
    expectNil(try await run("list | count", "read_only = true").error)
    expectNil(try await run("list | count", "read_only = true", .preview).error)
    expectEqual(await fixture.server.calls, [])
  }

  // MARK: protect

  @Test func protectRefusesTheWholePlan() async throws {
    let result = try await run("get 36, 37, 39 | disconnect", "protect = tags has \"x\"")
    await expectRefused(
      result,
      "the profile `eu-prod` protects 2 of the 3 connections that would be changed: "
        + #"36 "Prod JIRA connection", 39 "=1+1, \"quoted\"""#)
    #expect(
      result.error?.help
        == "`protect` is `tags has \"x\"` (config.conn:3:13); "
        + "exclude the connections it matches, or change the profile")
    expectEqual(await fixture.server.queries.map(\.includesTags), [true])
  }

  @Test func namesThreeOfManyProtectedConnections() async throws {
    let result = try await run("list all | delete", "protect = id > 0")
    #expect(result.error?.message.contains("6 of the 6") == true)
    #expect(result.error?.message.hasSuffix("38 \"jira_connection\" and 3 more") == true)
  }

  @Test(arguments: [
    ("get 37 | disconnect", "protect = tags has \"x\"", 1),
    ("list where application == \"jira\" | disconnect", "protect = folder_id == 1", 3),
    ("get 36 | update name = \"Prod JIRA connection\"", "protect = id == 36", 0),
    ("list where id == 1 | delete", "protect = id > 0", 0),
    ("create name = \"a\", provider = \"jira\", folder_id = 1", "protect = folder_id == 4515", 1),
    ("create name = \"a\", provider = \"jira\"", "protect = tags has \"x\" or id == 36", 1),
    // A row is judged as it is listed, not as an earlier stage would leave it.
    ("get 39 | update folder_id = 4515 | disconnect", "protect = folder_id == 4515", 2),
    ("get 36 | update name = \"a\"", "protect = updated_at > ago(3d)", 1),
  ])
  func permitsUnprotectedWrites(_ text: String, _ settings: String, _ sent: Int) async throws {
    expectNil(try await run(text, settings).error)
    expectEqual(await fixture.server.calls.count, sent)
  }

  @Test(arguments: [
    ("get 36 | update folder_id = 1 | disconnect", "protect = folder_id == 4515"),
    ("get 36, 37 | disconnect force | delete", "protect = tags has \"x\""),
    ("for x in [37, 36] { get $x | where id == 36 | delete }", "protect = tags has \"x\""),
    ("create name = \"a\", provider = \"jira\", folder_id = 4515", "protect = folder_id == 4515"),
    ("create name = \"a\", provider = \"jira\"", "protect = folder_id == null"),
    ("create name = \"a\", provider = \"jira\"", "protect = application == \"jira\""),
    ("get 37 | update name = \"b\"", "protect = updated_at > ago(3d)"),
    ("list where id == 36 | select id | delete", "protect = tags has \"x\""),
  ])
  func refusesProtectedWrites(_ text: String, _ settings: String) async throws {
    let result = try await run(text, settings)
    #expect(result.exitCode == .guardRefused)
    #expect(
      result.error?.message.contains("protects the connection") == true || text.contains("36, 37"))
    expectEqual(await fixture.server.calls, [])
  }

  @Test func namesANewProtectedConnection() async throws {
    let result = try await run(
      "create name = \"a\", provider = \"jira\"", "protect = name == \"a\"")
    await expectRefused(
      result,
      "the profile `eu-prod` protects the connection that would be changed: a new \"a\"")
    expectEqual(await fixture.server.queries.count, 1)
  }

  /// Rows of a file say nothing about the current workspace, so it is listed again.
  @Test(arguments: [
    "from \"rows.json\" | delete", "let rows = from \"rows.json\"\n$rows | delete",
    "from \"rows.json\" | disconnect force | delete",
  ])
  func verifiesRowsOfFiles(_ text: String) async throws {
    let row = #"[{"id":36,"name":"a","application":"jira","folder_id":1,"tags":[]}]"#
    fixture.disk.put("rows.json", row)
    let result = try await run(text, "protect = tags has \"x\"")
    await expectRefused(
      result,
      "the profile `eu-prod` protects the connection that would be changed: "
        + "36 \"Prod JIRA connection\"")
    let queries = await fixture.server.queries
    #expect(queries.map(\.includesTags) == [true])
    #expect(queries.map(\.includesRuntimeConnections) == [true])
  }

  @Test func writesAVerifiedRow() async throws {
    fixture.disk.put("rows.json", #"[{"id":37,"name":"a","application":"google_sheets"}]"#)
    let result = try await run("from \"rows.json\" | delete", "protect = tags has \"x\"")
    #expect(result.error == nil)
    #expect(result.sentence == "Done: 1 of 1 deleted, 2 calls, 0 s.")
  }

  @Test func verifiesRowsOfVariables() async throws {
    let result = try await run(
      "let rows = list where id == 36 | select id\n$rows | delete", "protect = tags has \"x\"")
    #expect(result.exitCode == .guardRefused)
    expectEqual(await fixture.server.queries.map(\.includesTags), [false, true])
  }

  @Test func verifiesRowsOfASnapshot() async throws {
    let stale = Samples.connections.map { $0.merging(JSON.Object([("tags", .array([]))])) }
    let server = fixture.server
    let result = try await run("get 36 | delete", "protect = tags has \"x\"") {
      $0.mode = .live(SnapshotReader(stale), server)
    }
    #expect(result.exitCode == .guardRefused)
    expectEqual(await fixture.server.queries.count, 1)
    expectEqual(await fixture.server.calls, [])
  }

  @Test func refusesUnlistedConnections() async throws {
    fixture.disk.put("rows.json", #"[{"id":99,"name":"a","application":"jira"}]"#)
    let result = try await run("from \"rows.json\" | delete", "protect = tags has \"x\"")
    await expectRefused(
      result, "can't tell whether the profile protects 99: the server does not list it")
  }

  /// "Not loaded" is never mistaken for "no tags".
  @Test func refusesRowsWithoutLoadedTags() async throws {
    let bare = try #require(
      Connection(try JSONParser.parse(Array(#"{"id":36,"name":"a"}"#.utf8))))
    let fixture = PipelineFixture([bare])
    let guards = try Profiles.guards("protect = tags has \"x\"")
    let result = try await fixture.run("get 36 | delete") { $0.guards.profile = guards }
    #expect(
      result.error?.message
        == "can't evaluate `protect` (config.conn:3:13): "
        + "connection 36 was loaded without `tags`, so they can't be evaluated")
    #expect(result.exitCode == .guardRefused)
    expectEqual(await fixture.server.calls, [])
  }

  @Test func requestsTagsOnlyForWrites() async throws {
    _ = try await run("list | select id", "protect = tags has \"x\"")
    _ = try await run("get 37 | disconnect | select id", "protect = id == 1")
    expectEqual(await fixture.server.queries.map(\.includesTags), [false, false])
    _ = try await run("get 37 | disconnect | select id", "protect = tags has \"x\"", .dryRun)
    #expect(
      fixture.output.text.contains(
        "GET https://www.workato.com/api/connections?includes%5B%5D=tags"))
  }

  // MARK: Limits

  @Test(arguments: [
    (3, "max_writes = 1", "`max_writes = 1` of the profile `eu-prod`, but 2 are planned"),
    (nil, "max_writes = 1", "`max_writes = 1` of the profile `eu-prod`, but 2 are planned"),
    (1, "max_writes = 1", "--max-writes 1, but 2 are planned"),
    (1, "max_writes = 500", "--max-writes 1, but 2 are planned"),
    (3, "max_writes = 0", "`max_writes = 0` of the profile `eu-prod`, but 2 are planned"),
    (3, "max_percent = 20", "`max_percent = 20` of the profile `eu-prod`, but 2 of 6 are selected"),
    (3, "max_percent = 0", "`max_percent = 0` of the profile `eu-prod`, but 2 of 6 are selected"),
  ])
  func appliesTheStricterLimit(_ maxWrites: Int?, _ settings: String, _ message: String)
    async throws
  {
    let result = try await run("get 36, 37 | disconnect", settings) {
      $0.guards.maxWrites = maxWrites
    }
    await expectRefused(result, message)
  }

  @Test func permitsWritesWithinTheLimits() async throws {
    let result = try await run("get 36, 37 | disconnect", "max_writes = 2; max_percent = 34") {
      $0.guards.maxPercent = 100
    }
    #expect(result.error == nil)
    expectEqual(await fixture.server.calls.count, 2)
  }

  @Test func percentLimitListsTheWorkspace() async throws {
    let create = "create name = \"a\", provider = \"jira\""
    expectNil(try await run(create, "max_percent = 25").error)
    // Two for the size of the workspace, with and without runtime connections, and one for what was
    // there before the create.
    expectEqual(
      await fixture.server.queries.map(\.includesRuntimeConnections), [true, false, false])
    let result = try await run(create, "max_percent = 10")
    #expect(
      result.error?.message
        == "`max_percent = 10` of the profile `eu-prod`, but 1 of 6 is selected")
    expectEqual(await fixture.server.calls.count, 1)
  }

  /// Connections of runtime users don't make the workspace larger for a limit.
  @Test(arguments: [(40, ExitCode.success), (34, .guardRefused)])
  func percentLeavesRuntimeConnectionsOut(_ limit: Int, _ code: ExitCode) async throws {
    let all = Samples.connections
    await fixture.server.hideFromPlainLists(Set(all.suffix(1).map(\.id)))
    let result = try await run(
      "list with runtime where id == 36 or id == 37 | disconnect", "max_percent = \(limit)")
    #expect(result.exitCode == code, "\(all.count)")
  }

  /// The percentage refers to the workspace, not to the rows in a file.
  @Test func percentOfASnapshotRefersToTheWorkspace() async throws {
    let server = fixture.server
    let result = try await run("get 36 | delete", "max_percent = 25") {
      $0.mode = .live(SnapshotReader(Array(Samples.connections.prefix(1))), server)
    }
    #expect(result.error == nil)
  }

  @Test func refusesIfTheListFails() async throws {
    let server = fixture.server
    await server.failLists(with: .network("connection refused"))
    fixture.disk.put("rows.json", #"[{"id":37,"name":"a","application":"google_sheets"}]"#)
    let result = try await run("from \"rows.json\" | delete", "protect = tags has \"x\"")
    #expect(result.exitCode == .network)
    expectEqual(await fixture.server.calls, [])
  }

  /// An error in `protect` has no place in the script.
  @Test func reportsAFailingProtect() async throws {
    let result = try await run("get 37 | delete", "protect = name == env(\"CONN_MISSING\")")
    await expectRefused(
      result,
      "can't evaluate `protect` (config.conn:3:13): "
        + "`env`: the environment variable `CONN_MISSING` is not set")
    #expect(result.error?.span == nil)
  }

  /// A profile's limit says nothing about this run.
  @Test func profileLimitIsNoBound() async throws {
    let result = try await run("list where connected | disconnect", "max_writes = 500") {
      $0.guards.maxWrites = nil
    }
    #expect(result.exitCode == .notConfirmed)
    expectEqual(await fixture.server.calls, [])
  }

  // MARK: Confirmation

  @Test(arguments: [("y", 0), ("1", 0), ("www.workato.com", 0), ("eu-prod", 1)])
  func productionAsksForTheProfile(_ answer: String, _ sent: Int) async throws {
    let result = try await run(
      "get 37 | update name = \"b\"", "production = true", answers: [answer])
    #expect(result.error?.exitCode == (sent == 0 ? .notConfirmed : nil))
    expectEqual(await fixture.server.calls.count, sent)
    let first = fixture.output.talk.first?.split(separator: "\n").first
    #expect(first == "Profile eu-prod (production), https://app.eu.workato.com")
  }

  /// With `--yes`, one line reports it before the first write.
  @Test func namesTheWorkspaceBeforeTheFirstWrite() async throws {
    let text = "get 36 | disconnect\nget 37 | disconnect"
    _ = try await run(text, "read_only = false")
    #expect(fixture.output.talk == ["Profile eu-prod, https://app.eu.workato.com"])
    let other = PipelineFixture()
    _ = try await other.run(text)
    #expect(other.output.talk == ["Workspace https://www.workato.com"])
  }
}
