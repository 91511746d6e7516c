import Foundation
import TestSupport
import Testing

@testable import Simulator

/// The files of a workspace and of faults, as `docs/simulator.md` describes them.
@Suite struct FaultsFileTests {
  private func page() throws -> String {
    try String(contentsOf: Pages.page("docs/simulator.md"), encoding: .utf8)
  }

  private func example() throws -> String { try examples()[1] }

  /// The workspace, then the faults.
  private func examples() throws -> [String] {
    let parts = try page().components(separatedBy: "```json\n").dropFirst()
    try #require(parts.count == 2)
    return parts.compactMap { $0.components(separatedBy: "```").first }
  }

  @Test func workspaceParsesAsDescribed() throws {
    let content = try WorkspaceFile.parse(Array(try examples()[0].utf8), path: "workspace.json")
    #expect(content.connections.map(\.tags) == [["tag-legacy"]])
    #expect(content.tags.map(\.title) == ["Legacy", "EU"])
  }

  @Test func exampleParsesAsDescribed() throws {
    let faults = try FaultsFile.parse(Array(try example().utf8), path: "faults.json")
    let expected = [
      SimulatorFault(on: .update, id: 36, nth: 2, times: 3, play: .status(503), applies: false),
      SimulatorFault(on: .delete, play: .reset, applies: true),
      SimulatorFault(on: .disconnect, play: .rateLimit(retryAfter: "3"), applies: false),
    ]
    #expect(faults == expected)
  }

  /// Every fault has a line with its own members that says whether the call takes effect.
  @Test func pageDescribesEveryFault() throws {
    let lines = try page().split(separator: "\n").map(String.init)
    for form in FaultKind.all {
      let line = try #require(lines.first { $0.hasPrefix("| `\(form.name)` | ") }, "\(form.name)")
      for key in form.keys { #expect(line.contains("`\(key)`"), "\(form.name): \(key)") }
      let members: [String: JSONValue] = ["status": 302, "milliseconds": 1, "size": 1]
      let play = try form.play(DataFileEntry(members: members))
      #expect(line.hasSuffix(play.appliesByDefault ? "| yes |" : "| no |"), "\(form.name)")
    }
  }

  @Test func simulatorPlaysTheFaults() async throws {
    let scratch = try Program.makeScratch()
    defer { try? FileManager.default.removeItem(at: scratch) }
    try Data(try example().utf8).write(to: scratch.appending(path: "faults.json"))
    let result = try await Program.run(
      """
      cd '\(scratch.path)'
      conn simulate --faults faults.json > place & pid=$!
      until [ "$(wc -l < place)" = 2 ]; do :; done
      . ./place
      conn eval 'get 37 | disconnect | delete | select outcome, reason' --yes
      code=$?; kill $pid; exit $code
      """)
    #expect(result.exitCode == 0, "\(result.errors)")
    #expect(
      result.output == """
        {"outcome":"done","reason":"deleted by an earlier attempt whose answer was lost"}

        """)
    #expect(
      result.errors.contains(/waiting \d+ s: rate limit reached; retrying/))
  }
}
