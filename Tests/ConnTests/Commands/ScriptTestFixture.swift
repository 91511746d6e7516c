import Foundation
import TestSupport

/// A script with tests, for the tests of `conn test`.
enum ScriptTestFixture {
  static let script = """
    param tag: string
    param most: int = 3
    list | where tags has $tag | expect count <= $most, "too many" | disconnect force
    """

  static let workspace = """
    let workspace = [
      { id: 1, name: "A", tags: ["x"], authorization_status: "success" },
      { id: 2, name: "B", tags: ["x"], authorization_status: "success" },
    ]

    """

  /// Runs a line in a directory with these files.
  static func run(_ files: [String: String], _ line: String) async throws -> Program.Result {
    let desk = try Program.makeScratch()
    defer { try? FileManager.default.removeItem(at: desk) }
    for (name, text) in files {
      let url = desk.appending(path: name)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: url, atomically: true, encoding: .utf8)
    }
    return try await Program.run(line, in: desk)
  }
}
