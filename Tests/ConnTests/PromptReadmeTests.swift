import Foundation
import TestSupport
import Testing

@testable import conn

/// What the README says of the prompt.
@Suite struct PromptReadmeTests {
  private func readme() throws -> String {
    try String(contentsOf: Golden.root.appending(path: "README.md"), encoding: .utf8)
  }

  /// The session is typed anew, and leaves the same screen.
  @Test func theSession() throws {
    let parts = try readme().components(separatedBy: "```text\n")
    let block = try #require(parts.dropFirst().first { $0.hasPrefix("simulator> ") })
    let session = try #require(block.components(separatedBy: "\n```").first)
    let prompt = try PromptHarness(rows: 80)
    prompt.type("\u{C}")
    for line in session.split(separator: "\n") {
      guard let typed = line.firstMatch(of: #/^(simulator[^>]*>|Go on\? \[y/N\]) (.*)$/#) else {
        continue
      }
      prompt.expectLine(String(typed.1))
      prompt.type(typed.2 + "\r")
    }
    prompt.expectLine("simulator 1 row>")
    let seen = prompt.seen.text.replacing(#/127\.0\.0\.1:\d+/#, with: "127.0.0.1:PORT")
    #expect(seen == session + "\nsimulator 1 row>")
  }

  @Test func everyCommandAndKey() throws {
    let readme = try readme()
    for command in PromptCommand.table {
      #expect(readme.contains("| `\(command.usage)` | \(command.summary) |\n"))
    }
    for key in PromptKey.table {
      #expect(readme.contains("| \(key.key) | \(key.summary) |\n"))
    }
  }
}
