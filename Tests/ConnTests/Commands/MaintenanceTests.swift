import Foundation
import Simulator
import TestSupport
import Testing

@Suite struct MaintenanceTests {
  static let scripts = Golden.files(in: "scripts/maintenance", ending: ".conn")

  @Test func maintenanceScriptsExist() {
    #expect(Self.scripts.count >= 6)
  }

  @Test(arguments: scripts)
  func scriptHasAHeaderDefaultsAndAnExpectation(_ url: URL) throws {
    let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
    #expect(lines.first?.hasPrefix("## ") == true)
    let parameters = lines.filter { $0.hasPrefix("param ") }
    #expect(!parameters.isEmpty)
    for parameter in parameters {
      #expect(parameter.contains(" = ") && parameter.contains("  ## "))
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

  private func run(_ url: URL, _ options: String) async throws -> Program.Result {
    try await Program.run(
      "conn run scripts/maintenance/\(url.lastPathComponent) \(options)",
      environment: ["JIRA_API_TOKEN": "hunter2"])
  }
}
