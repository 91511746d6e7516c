import Foundation
import Simulator
import TestSupport
import Testing

/// A run that was killed during a disconnect.
struct BrokenRun {
  let bench: WriteBench
  let id: String
  let lines: [String]
  private let sent: Int

  init(
    _ line: String = WriteBench.run, at point: String = "c:6:after", writes: Int = 3,
    script: String? = nil
  ) async throws {
    bench = try await WriteBench(script: script ?? WriteBench.script)
    let killed = try await bench.shimmed(line, point)
    #expect(killed.exitCode == SIGKILL)
    id = try #require(bench.runs.first).lastPathComponent
    lines = try bench.journal().split(separator: "\n").map(String.init)
    try #require(!lines.isEmpty, "nothing was written")
    // Calls sent before the kill are in flight for a moment.
    while await bench.writes().count < writes { try? await Task.sleep(for: .milliseconds(5)) }
    sent = await bench.writes().count
  }

  func write(_ text: String, to name: String = "journal.jsonl") throws {
    try bench.put("state/conn/runs/\(id)/\(name)", text)
  }

  /// Returns the line as the program would have written it.
  func sealed(_ line: String) async throws -> String {
    let end = try #require(line.range(of: #","sum":""#, options: .backwards))
    let start = String(line[..<end.lowerBound])
    let sum = try await bench.shell("printf %s \"$START\" | sha256sum", ["START": start]).output
    return start + #","sum":"\#(sum.prefix(64))"}"#
  }

  func write(lines: [String]) throws { try write(lines.map { $0 + "\n" }.joined()) }

  /// Expects that resuming is refused with these words, and that nothing is sent.
  func expectRefusal(_ code: Int32, _ words: String, _ place: String = "") async throws {
    let result = try await bench.shell("conn resume --yes \(id)")
    #expect(result.exitCode == code, "\(place)\(result.errors)")
    let said = result.errors.replacing(id, with: "ID")
      .replacing(bench.directory.path, with: "DIRECTORY")
    #expect(said.contains(words), "\(place)\(said)")
    expectEqual(await bench.writes().count, sent, "\(place)")
  }

  func expectToGoOn(_ expected: WriteBench.World) async throws {
    let result = try await bench.shell("conn resume --yes \(id)")
    #expect(result.exitCode == 0, "\(result.errors)")
    expectEqual(await bench.world(), expected)
  }
}
