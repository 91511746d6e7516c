import Foundation
import Simulator
import TestSupport
import Testing

@Suite struct MaintenanceTests {
  static let scripts = Golden.files(in: "scripts/maintenance", ending: ".conn")
    .filter { !$0.lastPathComponent.hasSuffix("_test.conn") }

  @Test func maintenanceScriptsExist() {
    #expect(Self.scripts.count >= 15)
  }

  /// Each script has tests beside it, one of them of its limit, and they pass.
  @Test(arguments: scripts)
  func testsPass(_ url: URL) async throws {
    let name = url.deletingPathExtension().lastPathComponent
    let path = "scripts/maintenance/\(name)_test.conn"
    let text = try String(contentsOf: Golden.root.appending(path: path), encoding: .utf8)
    #expect(text.contains("  error = "))
    let result = try await Program.run("conn test \(path)", environment: [:])
    #expect(result.output.hasPrefix("ok     \(path)  "), "\(result)")
    #expect(result.exitCode == 0)
  }

  @Test(arguments: scripts)
  func thePageListsTheScript(_ url: URL) throws {
    let page = try String(contentsOf: Pages.page("docs/scripts.md"), encoding: .utf8)
    #expect(page.contains("| `\(url.lastPathComponent)` | "))
  }

  @Test(arguments: scripts)
  func scriptHasAHeaderDefaultsAndAnExpectation(_ url: URL) throws {
    let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
    #expect(lines.first?.hasPrefix("## ") == true)
    let parameters = lines.filter { $0.hasPrefix("param ") }
    #expect(!parameters.isEmpty)
    for parameter in parameters {
      let isInput = parameter.hasPrefix("param file: string ")
      #expect((parameter.contains(" = ") || isInput) && parameter.contains("  ## "))
    }
    #expect(lines.contains { $0.hasPrefix("| expect ") })
  }

  @Test(arguments: scripts)
  func dryRunSendsNothing(_ url: URL) async throws {
    let result = try await run(url, "--dry-run")
    #expect(result.exitCode == 0)
    #expect(result.errors.hasSuffix("Dry run: nothing was sent.\n"))
    #expect(result.output.contains("/api/connections"))
  }

  @Test(arguments: scripts)
  func previewChangesNothing(_ url: URL) async throws {
    let result = try await run(url, "--simulator --preview")
    #expect(result.exitCode == 0)
    #expect(result.errors.contains("nothing was changed.\n"))
    #expect(!result.output.isEmpty || url.lastPathComponent == "inventory.conn")
  }

  /// The scripts are right wherever conn is started.
  @Test func checkFromAnywhere() async throws {
    let result = try await Program.run(
      "scripts=$PWD/scripts/maintenance; cd /; conn check $scripts/*.conn", environment: [:])
    #expect(result.errors == "")
    #expect(result.exitCode == 0)
  }

  /// Names, dates and reasons are whole.
  @Test func findBrokenReadsWellAt80Columns() throws {
    let script = Golden.root.appending(path: "scripts/maintenance/find-broken.conn").path
    let state = try Program.makeScratch()
    let terminal = try PseudoTerminal(
      ["run", "--simulator", script],
      environment: Program.environment([
        "XDG_STATE_HOME": state.path, "TERM": "xterm", "NO_COLOR": "1", "PAGER": "cat",
      ]))
    #expect(terminal.exitCode() == 0)
    expectText(
      terminal.seen.text,
      """
        id  name                         application  lost        reason
      3007  ACME Slack alerts            slack        2019-10-12  account_inactive
      3003  ACME NetSuite                netsuite     2021-09-02  Invalid login
                                                                  attempt
      3011  ACME Box – contracts         box          2022-08-07  Refresh token has
                                                                  expired
      3006  ACME Workday sandbox         workday      2022-08-16
      3001  ACME Salesforce reporting    salesforce   2023-03-06  Session expired or
                                                                  invalid
      1214  ACME Salesforce sandbox 20…  salesforce   2023-10-29  Refresh token
                                                                  expired
      3004  Outreach (sales)             outreach
      3005  ACME Marketo EU              marketo
      8 rows
      """)
  }

  /// Only the prefix changes, also in a name that holds it twice.
  @Test func renamePrefixRenamesThePrefixOnly() async throws {
    let result = try await Program.run(
      """
      scripts=$PWD/scripts/maintenance; cd "$(mktemp -d)"
      printf '[{"id":1,"name":"Old Old JIRA connection","application":"jira"}]' > list.json
      conn run "$scripts/rename-prefix.conn" --simulator --simulator-data list.json --yes
      """, environment: [:])
    #expect(result.output.contains("\"name\":\"Prod Old JIRA connection\""), "\(result)")
  }

  @Test func inventoryHasTheStateOfEachConnection() async throws {
    let result = try await Program.run(
      """
      scripts=$PWD/scripts/maintenance; cd "$(mktemp -d)"
      conn run --simulator "$scripts/inventory.conn" file=all.csv; head -1 all.csv
      """, environment: [:])
    #expect(result.output.contains("id,name,application,description,connected,"), "\(result)")
  }

  private func run(_ url: URL, _ options: String) async throws -> Program.Result {
    let file = url.lastPathComponent
    let input = file == "create-shells.conn" ? " file=scripts/maintenance/shells.csv" : ""
    return try await Program.run(
      "conn run scripts/maintenance/\(file)\(input) \(options)",
      environment: ["JIRA_API_TOKEN": "hunter2"])
  }
}
