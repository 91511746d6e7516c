import Foundation
import Simulator
import TestSupport
import Testing

/// A run that was killed during a disconnect.
struct BrokenRun {
  let fixture: WriteFixture
  let id: String
  let lines: [String]
  private let sent: Int

  init(
    _ line: String = WriteFixture.run, at point: String = "c:6:after", writes: Int = 3,
    script: String? = nil
  ) async throws {
    fixture = try await WriteFixture(script: script ?? WriteFixture.script)
    let killed = try await fixture.shimmed(line, point)
    #expect(killed.exitCode == SIGKILL)
    id = try #require(fixture.runs.first).lastPathComponent
    lines = try fixture.journal().split(separator: "\n").map(String.init)
    try #require(!lines.isEmpty, "nothing was written")
    // Calls sent before the kill are in flight for a moment.
    while await fixture.writes().count < writes { try? await Task.sleep(for: .milliseconds(5)) }
    sent = await fixture.writes().count
  }

  func write(_ text: String, to name: String = "journal.jsonl") throws {
    try fixture.put("state/conn/runs/\(id)/\(name)", text)
  }

  /// Returns the line as the program would have written it.
  func sealed(_ line: String) async throws -> String {
    let end = try #require(line.range(of: #","sum":""#, options: .backwards))
    let start = String(line[..<end.lowerBound])
    let sum = try await fixture.shell("printf %s \"$START\" | sha256sum", ["START": start]).output
    return start + #","sum":"\#(sum.prefix(64))"}"#
  }

  func write(lines: [String]) throws { try write(lines.map { $0 + "\n" }.joined()) }

  /// Expects that resuming is refused with this message, and that nothing is sent.
  func expectRefusal(_ code: Int32, _ message: String, _ location: String = "") async throws {
    let result = try await fixture.shell("conn resume --yes \(id)")
    #expect(result.exitCode == code, "\(location)\(result.errors)")
    let errors = result.errors.replacing(id, with: "ID")
      .replacing(fixture.directory.path, with: "DIRECTORY")
    #expect(errors.contains(message), "\(location)\(errors)")
    expectEqual(await fixture.writes().count, sent, "\(location)")
  }

  func expectResume(_ expected: WriteFixture.World) async throws {
    let result = try await fixture.shell("conn resume --yes \(id)")
    #expect(result.exitCode == 0, "\(result.errors)")
    expectEqual(await fixture.world(), expected)
  }
}
