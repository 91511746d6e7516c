import Foundation
import TestSupport
import Testing

/// A disk that fills up, at each record of the journal.
@Suite struct DiskTests {
  /// File sizes that cut off the journal within each of its lines.
  private static func sizes() async throws -> [Int] {
    let fixture = try await WriteFixture()
    _ = try await fixture.shell(WriteFixture.run)
    let lines = try fixture.journal().split(separator: "\n").map { $0.utf8.count + 1 }
    try await fixture.close()
    var end = 0
    return lines.map { length in
      end += length
      return end - length / 2
    }
  }

  @Test func survivesAFileSizeLimitAtEachRecord() async throws {
    let sizes = try await Self.sizes()
    try await Self.fullAtEachRecord { record in
      Stop("prlimit --fsize=\(sizes[record - 1])", "File too large", lines: record - 1)
    }
  }

  @Test(arguments: [(28, "No space left on device"), (5, "Input/output error")])
  func survivesAFailedSyncAtEachRecord(_ number: Int, _ message: String) async throws {
    try await Self.fullAtEachRecord { record in
      Stop("env LD_PRELOAD=$SHIM CONN_SHIM=s:\(record):\(number)", message, lines: record)
    }
  }

  /// After a torn record nothing more is written, even if there is room again.
  @Test func writesNothingAfterATornRecord() async throws {
    try await Self.fullAtEachRecord { record in
      Stop(
        "env LD_PRELOAD=$SHIM CONN_SHIM=j:\(record):x28", "No space left on device",
        lines: record - 1)
    }
  }

  private struct Stop: Sendable {
    let prefix: String
    let message: String
    /// The number of lines that the journal then has.
    let lines: Int

    init(_ prefix: String, _ message: String, lines: Int) {
      self.prefix = prefix
      self.message = message
      self.lines = lines
    }
  }

  /// The journal has sixteen records; the last one marks the run as complete.
  private static func fullAtEachRecord(_ stop: @escaping @Sendable (Int) -> Stop) async throws {
    let expected = try await WriteFixture.undisturbed()
    try await KillTests.each(Array(1...15)) { try await full(stop($0), expected) }
  }

  /// The report is correct, nothing is sent afterwards, and the run can be resumed with more room.
  private static func full(_ stop: Stop, _ expected: WriteFixture.World) async throws {
    let fixture = try await WriteFixture()
    let stopped = try await fixture.shell("\(stop.prefix) \(WriteFixture.run)")
    let context = "\(stop.prefix): \(stopped.output)\(stopped.errors)"
    let applied = await fixture.world().writes
    let lines = try fixture.journal().split(separator: "\n", omittingEmptySubsequences: false)
      .dropLast()
    #expect(lines.count == stop.lines, "\(context)")
    let intents = lines.count { $0.contains(#""type":"intent""#) }
    let writes = await fixture.writes().count
    #expect(writes <= intents)
    #expect([9, 10].contains(stopped.exitCode), "\(context)")
    #expect(stopped.errors.contains(stop.message), "\(context)")
    #expect(done(stopped.errors) == applied, "\(context)")
    #expect(!stopped.errors.contains("can't be resumed"), "\(context)")
    let recorded = lines.count { $0.contains(#""outcome":"done""#) }
    #expect(
      recorded >= applied || stopped.errors.contains("): not recorded in the journal: 3"),
      "\(context)")
    let resumed = try await fixture.shell(WriteFixture.resume)
    if resumed.exitCode == 2 {
      #expect(resumed.errors.contains("error: there is no interrupted run"), "\(context)")
      #expect(applied == 0, "\(context)")
    } else {
      #expect(resumed.exitCode == 0, "\(context)\(resumed.errors)")
      expectEqual(await fixture.world(), expected, "\(context)\(resumed.errors)")
    }
    try await fixture.close()
  }

  /// The completed writes according to the last line: `2 of 2 updated, 1 of 2 disconnected`.
  private static func done(_ errors: String) -> Int {
    errors.matches(of: /(\d+) of \d+ (?:updated|disconnected|deleted)/)
      .compactMap { Int($0.1) }.reduce(0, +)
  }
}
