import API
import Evaluation
import Execution
import JSON
import TestSupport
import Testing

/// `create` looks for the connection first.
@Suite struct ExistingTests {
  private static let connections = [
    #"{"id":36,"name":"first","application":"jira","folder_id":1,"parent_id":null,"external_id":"E"}"#,
    #"{"id":37,"name":"second","application":"jira","folder_id":2,"parent_id":36,"external_id":null}"#,
  ].compactMap { (try? JSONParser.parse(Array($0.utf8))).flatMap(Connection.init) }

  /// Also returns the names that were created.
  private func run(
    _ text: String, csv: String = "", _ mode: PipelineFixture.Mode = .live,
    _ fixture: PipelineFixture = PipelineFixture(connections)
  ) async throws -> (PipelineFixture.Result, [String?]) {
    fixture.disk.put("new.csv", csv)
    let result = try await fixture.run(text, mode)
    return (result, await fixture.server.calls.map { $0.request.body?.shown["name"]?.string })
  }

  /// Only the fields that the stage sets count, and all of them.
  @Test(arguments: [
    ("name = \"first\"", true), ("name = \"first\", folder_id = 1", true),
    ("name = \"first\", folder_id = 1, external_id = \"E\"", true),
    ("name = \"second\", parent_id = 36", true), ("name = \"second\", external_id = null", true),
    ("name = \"first\", shell_connection = true", true), ("name = \"first\", folder_id = 2", false),
    ("name = \"First\"", false), ("name = \"first\", external_id = \"F\"", false),
    ("name = \"first\", external_id = null", false), ("name = \"x\", external_id = \"E\"", false),
  ])
  func comparesWhatIsSet(_ fields: String, _ exists: Bool) async throws {
    let (refused, sent) = try await run("create application = \"jira\", \(fields)")
    #expect(refused.exitCode == (exists ? .guardRefused : .success))
    #expect(sent.isEmpty == exists)
    let (kept, made) = try await run("create unless exists application = \"jira\", \(fields)")
    #expect(kept.error == nil)
    #expect(made.isEmpty == exists)
    #expect(kept.rows.first?["outcome"]?.string == (exists ? "unchanged" : "done"))
    let (_, always) = try await run("create always application = \"jira\", \(fields)")
    #expect(always.count == 1)
  }

  @Test func anotherApplicationIsAnother() async throws {
    let (result, sent) = try await run("create application = \"slack\", name = \"first\"")
    #expect(result.error == nil)
    #expect(sent == ["first"])
  }

  /// Without an application, it isn't a connection of any application that has the other values.
  @Test(arguments: [
    "name = \"first\"", "external_id = \"E\"", "folder_id = 1", "input = { host_name: \"h\" }",
  ])
  func applicationAlwaysCounts(_ fields: String) async throws {
    let (result, sent) = try await run("create unless exists \(fields)")
    #expect(result.error == nil)
    expectEqual(sent.count, 1)
  }

  /// A connection that the plan deletes or renames first doesn't stand in the way of its creates.
  @Test(arguments: ["delete", "update name = \"third\"", "update folder_id = 3"])
  func earlierWritesOfPlanCount(_ action: String) async throws {
    let fixture = PipelineFixture(Self.connections)
    let file = try await fixture.planFile(
      "get 37 | \(action)\ncreate name = \"second\", application = \"jira\", folder_id = 2")
    _ = try await fixture.apply(file)
    expectEqual(await fixture.server.calls.map(\.id), [37, nil])
  }

  // MARK: Messages

  @Test(arguments: [
    (
      "name\nnew\nfirst\nsecond\n",
      "`new.csv`:3: 36 \"first\" already exists with the same `application` and `name`; 1 more row also repeats a connection"
    ),
    (
      "name\nnew\n\nnew\n",
      "`new.csv`:4: `new.csv`:2 already creates \"new\" with the same `application` and `name`"
    ),
  ])
  func namesBothPlaces(_ csv: String, _ message: String) async throws {
    let (result, sent) = try await run(
      "from \"new.csv\" | create name = name, application = \"jira\"", csv: csv)
    #expect(result.exitCode == .guardRefused)
    #expect(result.error?.message == message)
    #expect(sent == [])
  }

  /// Everything is shown before the refusal.
  @Test func previewJudgesLikeTheRun() async throws {
    let fixture = PipelineFixture(Self.connections)
    let (result, _) = try await run(
      "create name = \"first\", application = \"jira\"", .preview, fixture)
    #expect(
      result.error?.message.hasPrefix("would be refused: 36 \"first\" already exists") == true)
    #expect(fixture.output.text.contains("POST https://www.workato.com/api/connections\n"))
  }

  @Test func dryRunSaysThatItDidNotLook() async throws {
    let fixture = PipelineFixture(Self.connections)
    let (result, _) = try await run(
      "create name = \"first\", application = \"jira\"", .dryRun, fixture)
    #expect(result.error == nil)
    #expect(fixture.output.talk.contains("not checked: whether the new connections exist already"))
  }

  // MARK: Unless exists

  @Test func scriptCanRunTwice() async throws {
    let fixture = PipelineFixture(Self.connections)
    let text =
      "from \"new.csv\" | create unless exists name = name, application = \"jira\" | select id, outcome"
    let (first, sent) = try await run(text, csv: "name\nfirst\nnew\n", .live, fixture)
    #expect(sent == ["new"])
    #expect(
      first.rows.map(\.text) == [
        #"{"id":36,"outcome":"unchanged"}"#, #"{"id":9001,"outcome":"done"}"#,
      ])
    #expect(first.sentence?.hasPrefix("Done: 1 of 1 created") == true)
  }

  /// Equal rows make one connection, and what follows acts on it once.
  @Test func equalRowsAreOneConnection() async throws {
    let fixture = PipelineFixture(Self.connections)
    let (result, sent) = try await run(
      """
      from "new.csv" | create unless exists name = name, application = "jira"
      | update folder_id = 5 | select id, outcome
      """, csv: "name\nnew\nnew\nfirst\n", .live, fixture)
    #expect(result.error == nil)
    #expect(sent == ["new", nil, nil])
    expectEqual(await fixture.server.calls.map(\.id), [nil, 9_001, 36])
  }

  @Test func equalRowsWithOtherValuesAreRefused() async throws {
    let (result, sent) = try await run(
      """
      from "new.csv" | create unless exists name = name, shell_connection = shell == "yes"
      """, csv: "name,shell\nnew,yes\nnew,no\n")
    #expect(result.exitCode == .guardRefused)
    #expect(result.error?.help == "the two rows differ in other fields; keep one of them")
    #expect(sent == [])
  }

  /// What an earlier statement creates or deletes counts.
  @Test(arguments: [
    ("create name = \"new\", application = \"jira\"", 5), ("get 36 | delete", 0),
    ("get 37 | update name = \"new\"", 5),
  ])
  func earlierWritesCount(_ before: String, _ code: Int32) async throws {
    let name = before.contains("delete") ? "first" : "new"
    let (result, _) = try await run(
      "\(before)\ncreate name = \"\(name)\", application = \"jira\"")
    #expect(result.exitCode.rawValue == code)
  }
}
