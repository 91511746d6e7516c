import Foundation
import TestSupport
import Testing

/// Blocks of a page that show a terminal. A block of the kind `console terminal` starts a session
/// with a workspace of its own, and the blocks `console continued` below it continue that session.
/// Lines that begin with `$ ` are typed, and so is the answer after a question.
@Suite(.ownThread) struct TerminalBlockTests {
  private static let pages = Pages.all.filter { url in
    (try? String(contentsOf: url, encoding: .utf8))?.contains("```console terminal\n") == true
  }

  @Test(arguments: pages)
  func replaysTheBlocks(_ url: URL) async throws {
    let page = try String(contentsOf: url, encoding: .utf8)
    var replayed = ""
    var rest = page[...]
    var session: TerminalSession?
    while let block = rest.firstMatch(of: #/```console (terminal|continued)\n((?s).*?)```\n/#) {
      if block.1 == "terminal" {
        try await session?.end()
        session = try await TerminalSession(["NO_COLOR": "1"])
      }
      replayed += rest[..<block.2.startIndex]
      replayed += try Self.replay(String(block.2), in: try #require(session))
      rest = rest[block.2.endIndex...]
    }
    try await session?.end()
    try Golden.expect(Self.withoutRunNames(replayed + rest), at: url)
  }

  @Test func pagesHaveTerminalBlocks() { #expect(!Self.pages.isEmpty) }

  /// A page is recorded by one test only.
  @Test(arguments: pages)
  func pageHasNoOtherConsoleBlocks(_ url: URL) throws {
    #expect(!(try String(contentsOf: url, encoding: .utf8)).contains("```console\n"))
  }

  private static func replay(_ block: String, in session: TerminalSession) throws -> String {
    try commands(of: block).map { command, answers in
      let shown = try session.run(command, answers: answers).text
      return "$ \(command)\n"
        + Transcript.normalized(shown + (shown.isEmpty ? "" : "\n"), port: "8080")
    }.joined()
  }

  /// Names of runs are times; the page numbers them in the order in which it mentions them.
  private static func withoutRunNames(_ page: String) -> String {
    var names: [Substring] = []
    return page.replacing(/\d{8}T\d{6}Z-[0-9a-f]{4}/) { match in
      if !names.contains(match.0) { names.append(match.0) }
      let number = (names.firstIndex(of: match.0) ?? 0) + 1
      return "20260131T1000\(number + 10)Z-\(String(0xa0f0 + number, radix: 16))"
    }
  }

  /// The lines of a block that are typed, each with the answers to its questions.
  private static func commands(of block: String) -> [(String, [String])] {
    var commands: [(String, [String])] = []
    for line in block.split(separator: "\n") {
      if line.hasPrefix("$ ") { commands.append((String(line.dropFirst(2)), [])) }
      if let answer = line.firstMatch(of: #/(?:\[y/N\]|to continue:) (.+)$/#), !commands.isEmpty {
        commands[commands.count - 1].1.append(String(answer.1))
      }
    }
    return commands
  }
}
