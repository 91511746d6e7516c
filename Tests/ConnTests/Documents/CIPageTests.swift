import Foundation
import Simulator
import TestSupport
import Testing

/// The files of `docs/ci.md` work: the commands of its workflow run against a server.
@Suite struct CIPageTests {
  /// The code blocks that are files, by their paths, which their first lines name.
  private static func files() throws -> [String: String] {
    let text = try String(contentsOf: Pages.page("docs/ci.md"), encoding: .utf8)
    var files: [String: String] = [:]
    for match in text.matches(of: /```(?:conn|yaml)\n# (.+)\n((?s).+?)```/) {
      files[String(match.1)] = String(match.2)
    }
    return files
  }

  /// The command lines of the step with this name.
  private static func commands(of step: String) throws -> String {
    let workflow = try #require(try files()[".github/workflows/connections.yml"])
    let lines = workflow.split(separator: "\n", omittingEmptySubsequences: false)
    let start = try #require(lines.firstIndex { $0.hasSuffix("- name: \(step)") })
    let run = try #require(lines[start...].firstIndex { $0.contains(" run: ") })
    let command = lines[run].split(separator: " run: ", maxSplits: 1)[1]
    guard command == "|" else { return String(command) }
    return lines[(run + 1)...].prefix { $0.hasPrefix("          ") }
      .map { $0.dropFirst(10) }.joined(separator: "\n")
  }

  /// Runs steps of the workflow in a repository with the page's files, each as GitHub runs it.
  private func run(_ steps: [String], _ before: String = "") async throws
    -> (Program.Result, [ReceivedRequest])
  {
    let desk = try Program.makeScratch()
    defer { try? FileManager.default.removeItem(at: desk) }
    for (path, text) in try Self.files() {
      let url = desk.appending(path: path)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: url, atomically: true, encoding: .utf8)
    }
    let scripts = try steps.enumerated().map { index, step in
      try Self.commands(of: step).write(
        to: desk.appending(path: "step\(index)"), atomically: true, encoding: .utf8)
      return "bash -e step\(index) || exit"
    }
    let server = try await SimulatedServer.start()
    let result = try await Program.run(
      ([before] + scripts).joined(separator: "\n"), in: desk,
      environment: [
        "WORKATO_HOST": server.url, "WORKATO_API_TOKEN": server.token, "GITHUB_OUTPUT": "output",
      ])
    try await server.stop()
    return (result, await server.requests())
  }

  @Test func thePageHasTheFilesOfTheExample() throws {
    #expect(
      try Self.files().keys.sorted() == [
        ".github/workflows/connections.yml", "connections/broken.conn", "connections/retire.conn",
        "connections/retire_test.conn",
      ])
  }

  /// Each step that runs commands is run by one of these tests.
  @Test func everyStepIsTested() throws {
    let workflow = try #require(try Self.files()[".github/workflows/connections.yml"])
    #expect(workflow.ranges(of: " run: ").count == 4)
    for step in ["Check and test", "Plan", "Apply", "Look for broken connections"] {
      #expect(try Self.commands(of: step).contains("conn "))
    }
  }

  @Test func pullRequestIsCheckedWithoutAnyCall() async throws {
    let (result, requests) = try await run(["Check and test"])
    #expect(
      result.output
        == "ok     connections/retire_test.conn  2 tests\n2 tests in 1 file: 2 passed.\n")
    #expect(result.errors == "")
    #expect(result.exitCode == 0)
    #expect(requests.isEmpty)
  }

  @Test(arguments: [
    ("echo 'list|count' >> connections/broken.conn", "connections/broken.conn\n"),
    ("sed -i 's/none not/none nto/' connections/broken.conn", "error["),
    ("sed -i 's/disconnect force/disconnect/' connections/retire.conn", "FAILED connections/"),
  ])
  func mistakesFailThePullRequest(_ change: String, _ message: String) async throws {
    let (result, requests) = try await run(["Check and test"], change)
    #expect((result.output + result.errors).contains(message), "\(result)")
    #expect(result.exitCode != 0)
    #expect(requests.isEmpty)
  }

  @Test func planIsAppliedAndThenThereIsNothingToDo() async throws {
    let (result, requests) = try await run(["Plan", "Apply", "Plan"])
    #expect(result.exitCode == 0, "\(result)")
    #expect(result.output.contains("1204  ACME legacy Zendesk"), "\(result)")
    let writes = requests.filter { $0.method != "GET" }.map { "\($0.method) \($0.uri)" }
    #expect(
      writes == [1204, 1207, 1219].map { "POST /api/connections/\($0)/disconnect" })
  }

  @Test func jobsLearnWhetherThereAreChanges() async throws {
    let (result, _) = try await run(["Plan"], "trap 'cat output' EXIT")
    #expect(result.output.hasSuffix("\nchanges=true\n"))
    let (none, _) = try await run(
      ["Plan"], "sed -i 's/tag-legacy/tag-none/' connections/retire.conn; trap 'cat output' EXIT")
    #expect(none.output.hasSuffix("changes=false\n"), "\(none)")
    let (failed, _) = try await run(
      ["Plan"], "sed -i 's/int = 20/int = 2/' connections/retire.conn; trap 'cat output' EXIT")
    #expect(failed.exitCode == 5)
    #expect(!failed.output.contains("changes="))
  }

  @Test func nightlyFailsWithTheRowsShown() async throws {
    let (result, requests) = try await run(["Look for broken connections"])
    #expect(result.exitCode == 5)
    #expect(result.errors.contains("error: connections are broken\n"), "\(result.errors)")
    #expect(result.errors.contains("ACME NetSuite"))
    #expect(requests.map(\.method) == ["GET"])
  }
}
