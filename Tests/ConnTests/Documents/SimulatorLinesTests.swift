import Foundation
import TestSupport
import Testing

/// The lines of the documents that serve the simulated workspace can be pasted into a shell.
@Suite struct SimulatorLinesTests {
  @Test(arguments: [
    ("README.md", "{\"count\":14}\n"), ("docs/simulator.md", "\"name\":\"ACME legacy Zendesk\""),
    ("docs/tutorial.md", "{\"count\":58}\n"),
  ])
  func canBePasted(_ page: String, _ answer: String) async throws {
    let text = try String(contentsOf: Pages.page(page), encoding: .utf8)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let first = try #require(lines.firstIndex { $0 == "    conn simulate --port 8080 &" })
    let block = lines[first...].prefix { $0.hasPrefix("    ") }.joined(separator: "\n")
    let port = String(Int.random(in: 20_000...29_999))
    let result = try await Program.run(
      block.replacing("8080", with: port) + "\nkill $! 2>/dev/null; wait", environment: [:])
    #expect(result.output.contains(answer), "\(result.output)\(result.errors)")
  }
}
