import Foundation
import TestSupport
import Testing

@testable import conn

/// `docs/prompt.md`: its session, and its tables of keys and commands. One test at a time, since
/// each of them records the page.
@Suite(.serialized, .ownThread) struct PromptPageTests {
  private static let url = Pages.page("docs/prompt.md")

  private func page() throws -> String { try String(contentsOf: Self.url, encoding: .utf8) }

  /// The session, typed again, leaves the same screen.
  @Test func replaysTheSession() throws {
    let page = try page()
    let parts = page.components(separatedBy: "```text\n")
    let block = try #require(parts.dropFirst().first { $0.hasPrefix("simulator> ") })
    let session = try #require(block.components(separatedBy: "\n```").first)
    let prompt = try PromptHarness(rows: 80)
    prompt.type("\u{C}")
    for line in session.split(separator: "\n") {
      guard let typed = line.firstMatch(of: #/^(simulator[^>]*>|.*\[y/N\]) (.*)$/#) else {
        continue
      }
      if typed.1.hasSuffix("]") {
        prompt.expectQuestion()
      } else {
        prompt.expectLine(String(typed.1))
      }
      prompt.type(typed.2 + "\r")
    }
    let last = "simulator 1 row>"
    prompt.expectLine(last)
    let seen = prompt.seen.text.replacing(#/127\.0\.0\.1:\d+/#, with: "127.0.0.1:PORT")
    try #require(seen.hasSuffix("\n" + last))
    let screen = String(seen.dropLast(last.count + 1))
    try Golden.expect(page.replacing(session, with: screen), at: Self.url)
  }

  /// The tables hold what the program's own tables hold.
  @Test func listsKeysAndCommands() throws {
    let keys = PromptKey.table.map { "| \($0.key) | \($0.summary) |" }
    let commands = PromptCommand.table.map { "| `\($0.usage)` | \($0.summary) |" }
    let page = try Self.replacing("| command | |", commands, in: page())
    try Golden.expect(try Self.replacing("| key | |", keys, in: page), at: Self.url)
  }

  /// Returns the page with these rows below a table's head.
  private static func replacing(_ head: String, _ rows: [String], in page: String) throws
    -> String
  {
    let start = head + "\n|---|---|\n"
    let parts = page.components(separatedBy: start)
    try #require(parts.count == 2, "\(head)")
    let end = try #require(parts[1].range(of: "\n\n"))
    return parts[0] + start + rows.joined(separator: "\n") + parts[1][end.lowerBound...]
  }
}

extension PromptHarness {
  /// Waits for a question that takes `y` for an answer.
  fileprivate func expectQuestion() {
    let isSeen = terminal.waitToSee { $0.line.hasSuffix("[y/N]") }
    #expect(isSeen, "no question in:\n\(seen.text)")
  }
}
