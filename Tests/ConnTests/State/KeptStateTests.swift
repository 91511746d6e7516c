import ConnectionsClient
import Foundation
import Simulator
import TestSupport
import Testing

@testable import conn

/// Reads the state of an earlier build. Renaming a stored word, or reading it differently, fails
/// here.
@Suite struct KeptStateTests {
  @Test func listsRunsOfAnEarlierBuild() async throws {
    let kept = try await KeptState()
    let runs = try await kept.shell(
      "conn runs | jq -c '[.state, (.script | split(\"/\") | last), .host, .writes, .done, .exit]'")
    let host = #""http://127.0.0.1:28417""#
    expectText(
      runs.output,
      """
      ["interrupted","killed.conn",\(host),3,2,null]
      ["interrupted","begun.plan",\(host),2,1,null]
      ["done","used.plan",\(host),1,1,0]
      ["partly","ended.conn",\(host),3,2,1]

      """)
    let summary = try await kept.shell("conn runs | jq -r 'select(.state == \"partly\").summary'")
    #expect(summary.output.hasPrefix("Done: "), "\(summary.output)")
    try await kept.close()
  }

  @Test func showsRunsOfAnEarlierBuild() async throws {
    let kept = try await KeptState()
    let ended = try await kept.shell("conn show \(try await kept.run("partly", "ended.conn"))")
    #expect(ended.exitCode == 0, "\(ended.errors)")
    for text in [
      "  started  2026-01-31T10:", "  ended    2026-01-31T10:", "  exit     1\n",
      "Update `name` and `folder_id` of the connection 36",
      "You can't disconnect a connection used by active recipes",
    ] { #expect(ended.output.contains(text), "\(text): \(ended.output)") }
    let killed = try await kept.shell(
      "conn show \(try await kept.run("interrupted", "killed.conn"))")
    for text in [
      "  arguments  folder=77402\n", "its answer was lost; the list shows it", "--settle new1=",
    ] {
      #expect(killed.output.contains(text), "\(text): \(killed.output)")
    }
    let begun = try await kept.shell("conn show \(try await kept.run("interrupted", "begun.plan"))")
    for text in ["  profile  kept\n", "--settle 4004=done"] {
      #expect(begun.output.contains(text), "\(text): \(begun.output)")
    }
    try await kept.close()
  }

  @Test func listsUnfinishedConnections() async throws {
    let kept = try await KeptState()
    let failed = try await kept.shell(
      "conn runs --failed \(try await kept.run("partly", "ended.conn"))"
        + " | jq -c '[.id, .action, .outcome, .reason[:22], .http_status]'")
    expectText(
      failed.output, "[1305,\"disconnect\",\"rejected\",\"You can't disconnect a\",200]\n")
    try await kept.close()
  }

  // MARK: Going on

  /// Completed writes are not repeated: two have their outcome, and the create is settled by hand,
  /// because otherwise it would be searched for a minute later.
  @Test func resumesAKilledRun() async throws {
    let kept = try await KeptState()
    let made = try #require(await kept.server.connections().first { $0.name == "ACME shell" })
    let resumed = try await kept.shell(
      "conn resume --yes \(try await kept.run("interrupted", "killed.conn"))"
        + " --settle new1=\(made.id)")
    #expect(resumed.exitCode == 0, "\(resumed.errors)")
    expectEqual(
      await kept.writes(), ["PUT /api/connections/1302", "PUT /api/connections/1312"],
      "\(resumed.errors)")
    let rows = await kept.server.connections()
    #expect(rows.count { $0.name == "ACME shell" } == 1)
    let moved = rows.filter { $0["folder_id"] == 77402 }.map(\.id)
    #expect(Set(moved).isSuperset(of: [1302, 1309, 1312]), "\(moved)")
    try await kept.close()
  }

  /// The token comes from the profile that the run names. The write in doubt had not been done, and
  /// is sent.
  @Test func resumesAStartedPlan() async throws {
    let kept = try await KeptState()
    let resumed = try await kept.shell(
      "unset WORKATO_API_TOKEN WORKATO_HOST; "
        + "conn resume --yes \(try await kept.run("interrupted", "begun.plan"))")
    #expect(resumed.exitCode == 0, "\(resumed.errors)")
    #expect(resumed.errors.contains("Profile kept, "), "\(resumed.errors)")
    expectEqual(await kept.writes(), ["PUT /api/connections/4004"])
    try await kept.close()
  }

  // MARK: Undo

  @Test func undoesAFinishedRun() async throws {
    let kept = try await KeptState()
    let planned = try await kept.shell(
      "conn undo \(try await kept.run("partly", "ended.conn")) -o undo.plan")
    #expect(planned.exitCode == 0, "\(planned.errors)")
    let applied = try await kept.shell("conn apply undo.plan --yes")
    #expect(applied.exitCode == 0, "\(applied.errors)")
    let row = try #require(await kept.server.connection(36))
    #expect(row.name == "ACME Production Salesforce connection")
    #expect(row["folder_id"] == 4515)
    let names = await kept.server.connections().map(\.name)
    #expect(!names.contains("ACME new"))
    try await kept.close()
  }

  // MARK: Plans

  private static let ever = "--max-age 999999d"

  @Test func appliesAPlan() async throws {
    let kept = try await KeptState()
    let applied = try await kept.shell(
      "CONN_KEPT_USER=admin conn apply plans/waiting.plan --yes \(Self.ever)")
    #expect(applied.exitCode == 0, "\(applied.errors)")
    let calls = await kept.server.requests().filter { $0.method != "GET" }
      .map { "\($0.method) \($0.uri) \($0.text)" }
    let made = await kept.server.connections().suffix(2).map(\.id)
    expectText(
      calls.joined(separator: "\n"),
      """
      PUT /api/connections/1214 {"folder_id":28940,"input":{"user":"admin"}}
      POST /api/connections/1214/disconnect \("")
      POST /api/connections {"name":"ACME parent","provider":"jira"}
      POST /api/connections {"name":"ACME child","parent_id":\(made.first ?? 0),"provider":"jira"}
      """)
    try await kept.close()
  }

  @Test func showsAPlan() async throws {
    let kept = try await KeptState()
    let page = try await kept.shell("conn show plans/waiting.plan")
    #expect(page.exitCode == 0, "\(page.errors)")
    #expect(page.output.contains("  created  2026-01-31T10:"), "\(page.output)")
    #expect(page.output.contains("folder_id  77402 → 28940"), "\(page.output)")
    try await kept.close()
  }

  @Test(arguments: [
    (
      "used.plan \(ever)",
      "error: this plan has already been applied; a plan can be applied only once"
    ),
    ("begun.plan --profile kept \(ever)", "error: this plan is already being applied by run "),
    ("waiting.plan", " old; plans expire after 1d"),
  ])
  func rejectsAppliedAndOldPlans(_ arguments: String, _ text: String) async throws {
    let kept = try await KeptState()
    let applied = try await kept.shell("conn apply --yes plans/\(arguments)")
    #expect(applied.exitCode == 6)
    #expect(applied.errors.contains(text), "\(applied.errors)")
    expectEqual(await kept.writes(), [])
    try await kept.close()
  }

  // MARK: The prompt and the pace

  @Test func readsTheHistory() async throws {
    let kept = try await KeptState()
    let file = kept.state.appending(path: "history.jsonl")
    #expect(
      History(path: file.path).entries() == [
        #"list where tags has "tag-legacy" | count"#, "get 36 | select id, name",
      ])
    try await kept.close()
  }

  /// It contains every call of that time, under the boot of that time.
  @Test func readsThePaceFile() throws {
    let folder = KeptState.fixture.appending(path: "state/conn/pace")
    let name = try #require(try paces(folder).first { $0.hasSuffix(".json") })
    let bytes = Array(try Data(contentsOf: folder.appending(path: name)))
    let boot = try #require(
      String(decoding: bytes, as: UTF8.self).firstMatch(of: #/"boot":"([^"]+)"/#)?.1)
    let ledger = try #require(CallLog.read(bytes, boot: String(boot)))
    #expect(ledger.lists.count > 5)
    #expect(!ledger.others.isEmpty)
    #expect(ledger.lists.allSatisfy { $0.sent > 0 && ($0.answered ?? .infinity) > $0.sent })
  }

  /// The file name is still the same: it is derived from the host and the token.
  @Test func sharesThePaceFile() async throws {
    let kept = try await KeptState()
    let before = try paces(kept.state.appending(path: "pace"))
    let listed = try await kept.shell("conn eval 'list | count'")
    #expect(listed.exitCode == 0, "\(listed.errors)")
    expectEqual(try paces(kept.state.appending(path: "pace")), before)
    try await kept.close()
  }

  private func paces(_ folder: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }
}
