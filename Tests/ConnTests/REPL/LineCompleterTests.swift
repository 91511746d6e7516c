import ArgumentParser
import LineEditing
import Testing

@testable import conn

/// Completes with Tab in a line that is not the first of its statement.
@MainActor @Suite struct LineCompleterTests {
  /// The line editor counts bytes of its own line, and the earlier lines have more bytes than
  /// characters.
  @Test(arguments: [
    ("list where name == \"é日本\"\n", "| so", 4, 2, "sort "),
    ("list  # 👍🏽 e\u{301}\n", "| where parent_id", 17, 8, "parent_id "),
    ("list where (name == \"日本\" and\n", "  name == \"é\" and proj", 23, 19, "project_id "),
  ])
  func countsBytesBehindNonASCIILines(
    _ before: String, _ line: String, _ cursor: Int, _ start: Int, _ candidate: String
  ) async throws {
    let runner = try ScriptRunner(try RunOptions.parse(["--simulator"]), .ofProcess())
    let session = try await Session(runner, terminal: nil)
    let completer = LineCompleter(session: session, isColored: false, before: before)
    let found = completer.completion(of: line, at: cursor)
    #expect(found?.start == start)
    #expect(found?.candidates == [candidate])
    await session.close()
  }
}
