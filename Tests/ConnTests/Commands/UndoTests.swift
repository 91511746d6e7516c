import Foundation
import Simulator
import TestSupport
import Testing

/// Shows and undoes past runs.
@Suite struct UndoTests {
  private static let script = """
    get 36 | update name = "ACME", folder_id = 1892
    get 37 | disconnect
    create name = "ACME new", application = "jira"

    """
  private static let undo = """
    conn undo $(conn runs --output json | jq -r '.[0].run') -o undo.plan
    """

  private func fields(_ fixture: WriteFixture, _ id: Int64) async -> [String?] {
    let row = await fixture.server.connection(id)
    return [row?.name, row.map { String($0["folder_id"].integer ?? 0) }]
  }

  @Test func restoresUpdatedFields() async throws {
    let fixture = try await WriteFixture(script: Self.script)
    let before = await fields(fixture, 36)
    expectEqual(try await fixture.shell(WriteFixture.run).exitCode, 0)
    let created = try #require(await fixture.server.connections().last)
    #expect(created.name == "ACME new")
    let planned = try await fixture.shell(Self.undo)
    #expect(planned.exitCode == 0)
    #expect(planned.output.contains("Undo 2 of the 3 writes of run "))
    #expect(
      planned.errors.contains(
        "can't be restored: 37 ACME google sheet account (credentials)"))
    let applied = try await fixture.shell(
      "conn apply undo.plan --yes --rate 20 | jq -c '[.id, .action, .outcome]'")
    #expect(
      applied.output == """
        [\(created.id),"delete","done"]
        [36,"update","done"]

        """)
    expectEqual(await fields(fixture, 36), before)
    expectEqual(await fixture.server.connection(created.id), nil)
    try await fixture.close()
  }

  /// The shell has another id and no credentials.
  @Test func restoresDeletedConnectionsAsShells() async throws {
    let fixture = try await WriteFixture(script: "get 36 | delete")
    let before = await fields(fixture, 36)
    expectEqual(try await fixture.shell(WriteFixture.run).exitCode, 0)
    let planned = try await fixture.shell(Self.undo)
    #expect(
      planned.errors.contains(
        "can't be restored: 36 ACME Production Salesforce connection "
          + "(credentials and id)"))
    expectEqual(try await fixture.shell("conn apply undo.plan --yes").exitCode, 0)
    let shell = try #require(await fixture.server.connections().last)
    expectEqual(await fields(fixture, shell.id), before)
    #expect(shell.isDisconnected)
    try await fixture.close()
  }

  /// Connections that somebody else has changed since are skipped.
  @Test func skipsConnectionsChangedSince() async throws {
    let fixture = try await WriteFixture(script: "get 36, 37 | update name = \"ACME\"")
    expectEqual(try await fixture.shell(WriteFixture.run).exitCode, 0)
    expectEqual(try await fixture.shell(Self.undo).exitCode, 0)
    _ = try await fixture.shell("conn eval 'get 36 | update name = \"theirs\"' --yes")
    let applied = try await fixture.shell("conn apply undo.plan --yes --rate 20")
    #expect(applied.exitCode == 6)
    #expect(applied.output.contains(#"drifted: name: \"ACME\" → \"theirs\""#))
    expectEqual(await fixture.server.connection(36)?.name, "theirs")
    expectEqual(await fixture.server.connection(37)?.name, "ACME google sheet account")
    try await fixture.close()
  }

  @Test func showsARun() async throws {
    let fixture = try await WriteFixture(script: Self.script)
    _ = try await fixture.shell(WriteFixture.run)
    let run = try #require(fixture.runs.first).lastPathComponent
    let page = try await fixture.shell("conn show \(run.suffix(4))")
    #expect(page.output.hasPrefix("Run \(run)\n  state    done\n  script   script.conn\n"))
    #expect(
      page.output.contains("Disconnect the connection 37 \"ACME google sheet account\" (of 2).\n"))
    let journal = try await fixture.shell("conn show \(run) --json | jq -r .type | sort | uniq -c")
    #expect(
      journal.output.split(separator: "\n").map { $0.drop { $0 == " " } } == [
        "3 intent", "1 known", "2 list", "3 outcome", "1 plan", "1 run-end", "1 run-start",
      ])
    try await fixture.close()
  }

  @Test func failedRunsCanBePipedBack() async throws {
    let fault = SimulatorFault(on: .delete, id: 36, play: .refuse())
    let fixture = try await WriteFixture([fault], script: "get 36, 37 | delete")
    expectEqual(try await fixture.shell(WriteFixture.run).exitCode, 1)
    let run = try #require(fixture.runs.first).lastPathComponent
    let failed = try await fixture.shell(
      "conn runs --failed \(run) --output ids; conn runs --failed \(run) --output jsonl")
    #expect(
      failed.output == """
        36
        {"id":36,"name":"ACME Production Salesforce connection","action":"delete","outcome":\
        "rejected","reason":"You can't delete a connection used by active recipes; stop the \
        recipes that use it","http_status":200}

        """)
    let again = try await fixture.shell(
      "conn eval \"get $(conn runs --failed \(run) --output ids | paste -sd,) | delete\" --yes")
    #expect(again.exitCode == 0)
    expectEqual(await fixture.server.connections(), [])
    try await fixture.close()
  }

  /// Planned writes that were not started are listed; a connection that was not created has no id.
  @Test func listsUntriedWrites() async throws {
    let faults = [Endpoint.create, .update].map { SimulatorFault(on: $0, play: .refuse()) }
    let fixture = try await WriteFixture(
      faults,
      script: """
        create name = "new", application = "jira"
        get 36, 37 | update name = "ACME" | disconnect
        """)
    expectEqual(try await fixture.shell("\(WriteFixture.run) --on-error continue").exitCode, 1)
    let id = try #require(fixture.runs.first).lastPathComponent
    let rows = try await fixture.shell(
      "conn runs --failed \(id) | jq -c '[.id, .name, .action, .outcome, .reason]'")
    #expect(
      rows.output.replacing(/"rejected",".*"\]/, with: "REJECTED]") == """
        [null,"new","create",REJECTED]
        [36,"ACME Production Salesforce connection","update",REJECTED]
        [36,"ACME","disconnect","skipped","not tried"]

        """)
    let ids = try await fixture.shell("conn runs --failed \(id) --output ids")
    #expect(ids.output == "36\n36\n")
    #expect(
      ids.errors
        == "1 of 3 rows has no id: their connections were not created; --output table names them\n")
    try await fixture.close()
  }

  /// Lists the untried writes of an applied plan.
  @Test func listsUntriedWritesOfAPlan() async throws {
    let fixture = try await WriteFixture([SimulatorFault(on: .update, play: .refuse())])
    _ = try await fixture.shell(
      """
      printf 'get 36, 37 | update name = "ACME"\\nget 37 | disconnect\\n' > two.conn
      conn plan two.conn -o p
      conn apply p --yes --on-error stop
      """)
    let id = try #require(fixture.runs.first).lastPathComponent
    let failed = try await fixture.shell(
      "conn runs --failed \(id) | jq -c '[.id, .outcome, .reason]'")
    #expect(
      failed.output.replacing(/"rejected",".*"\]/, with: "REJECTED]")
        == """
        [36,REJECTED]
        [37,"skipped","not tried: a row failed, and --on-error is stop"]
        [37,"skipped","not tried"]

        """)
    try await fixture.close()
  }

  // MARK: Looking first

  /// A new connection that somebody has used since is left alone.
  @Test(arguments: [
    ("update name = \"ACME used\"", "name"),
    ("update folder_id = 1892 | update folder_id = 4515", "updated_at"),
    ("select id | create name = \"child\", application = \"jira\", parent_id = id", "children"),
  ])
  func leavesUsedConnections(_ use: String, _ reason: String) async throws {
    let fixture = try await WriteFixture(
      script: "create name = \"ACME new\", application = \"jira\", folder_id = 4515",
      isTimeReal: true)
    expectEqual(try await fixture.shell(WriteFixture.run).exitCode, 0)
    expectEqual(try await fixture.shell(Self.undo).exitCode, 0)
    let used = try await fixture.shell(
      "conn eval 'list where name == \"ACME new\" | \(use)' --yes --max-writes 9 --rate 20")
    #expect(used.exitCode == 0, "\(used.errors)")
    let applied = try await fixture.shell("conn apply undo.plan --yes")
    #expect(applied.exitCode == 6)
    #expect(
      applied.output.contains("drifted: ") && applied.output.contains("\(reason): "),
      "\(applied.output)")
    #expect(
      await fixture.server.connections().contains {
        $0.name?.hasPrefix("ACME") == true && $0.id > 37
      })
    try await fixture.close()
  }

  /// A parent stays if its child is left because somebody has touched it.
  @Test func leavesParentsOfUsedConnections() async throws {
    let script = """
      create name = "ACME parent", application = "jira"
      | create name = "ACME child", application = "jira", parent_id = id
      """
    let fixture = try await WriteFixture(script: script, isTimeReal: true)
    let run = try await fixture.shell("\(WriteFixture.run)\n\(Self.undo)")
    #expect(run.exitCode == 0, "\(run.errors)")
    let applied = try await fixture.shell(
      """
      conn eval 'list where name == "ACME child" | expect count <= 1 | update external_id = "U12904"' --yes
      conn apply undo.plan --yes
      """)
    #expect(applied.exitCode == 6, "\(applied.errors)")
    #expect(applied.output.contains("drifted: children: "), "\(applied.output)")
    expectEqual(await fixture.server.connections().count, 4)
    try await fixture.close()
  }

  /// What an undo has restored isn't planned again; if that is undone, it is.
  @Test func secondUndoIsRefused() async throws {
    let fixture = try await WriteFixture(script: Self.script)
    let before = await fields(fixture, 36)
    let lines = """
      conn run script.conn --yes --max-writes 9 --rate 20; run=$(conn runs --output json | jq -r '.[0].run')
      conn undo $run -o a.plan; conn apply a.plan --yes --rate 20; undo=$(conn runs --output json | jq -r '.[0].run')
      """
    let refused = try await fixture.shell("\(lines)\nconn undo $run; echo $? $undo")
    let words = refused.output.split(separator: "\n").last?.split(separator: " ") ?? []
    #expect(words.first == "2")
    #expect(
      refused.errors.contains("has been undone by run \(words.last ?? "?")"), "\(refused.errors)")
    expectEqual(await fields(fixture, 36), before)
    let run = try #require(fixture.runs.first).lastPathComponent
    let again = try await fixture.shell(
      """
      conn undo \(words.last ?? "?") -o b.plan && conn apply b.plan --yes --rate 20
      conn undo \(run) -o c.plan && conn apply c.plan --yes --rate 20
      """)
    #expect(again.exitCode == 0, "\(again.errors)")
    expectEqual(await fields(fixture, 36), before)
    try await fixture.close()
  }

  /// A shell that an undo has made isn't planned again.
  @Test func secondUndoOfDeleteIsRefused() async throws {
    let fixture = try await WriteFixture(script: "get 36 | delete", isTimeReal: true)
    expectEqual(try await fixture.shell(WriteFixture.run).exitCode, 0)
    let run = try #require(fixture.runs.first).lastPathComponent
    let undo = try await fixture.shell(
      "conn undo \(run) -o undo.plan && conn apply undo.plan --yes")
    #expect(undo.exitCode == 0, "\(undo.errors)")
    let again = try await fixture.shell("conn undo \(run)")
    expectEqual(again.exitCode, 2)
    #expect(again.errors.contains("run \(run) has been undone by run"), "\(again.errors)")
    try await fixture.close()
  }

  /// The shell of a deleted connection isn't made if it is there.
  @Test func existingShellIsLeft() async throws {
    let fixture = try await WriteFixture(script: "get 36 | delete", isTimeReal: true)
    expectEqual(try await fixture.shell(WriteFixture.run).exitCode, 0)
    expectEqual(try await fixture.shell(Self.undo).exitCode, 0)
    let made = try await fixture.shell(
      """
      jq -c '.steps[0].writes[0].body' undo.plan | curl -s -H "Authorization: Bearer $WORKATO_API_TOKEN" \
        -H 'Content-Type: application/json' -d @- $WORKATO_HOST/api/connections
      conn apply undo.plan --yes
      """)
    #expect(made.exitCode == 0, "\(made.errors)")
    expectEqual(await fixture.server.connections().count, 2)
    try await fixture.close()
  }
}
