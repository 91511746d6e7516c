import Foundation
import TestSupport
import Testing

/// A disk that fills up, at each record of the journal.
@Suite struct DiskTests {
  /// File sizes that cut off the journal within each of its lines.
  private static func sizes() async throws -> [Int] {
    let bench = try await WriteBench()
    _ = try await bench.shell(WriteBench.run)
    let lines = try bench.journal().split(separator: "\n").map { $0.utf8.count + 1 }
    try await bench.close()
    var end = 0
    return lines.map { length in
      end += length
      return end - length / 2
    }
  }

  @Test func survivesAFileSizeLimitAtEachRecord() async throws {
    let sizes = try await Self.sizes()
    try await Self.fullAtEachRecord { place in
      Stop("prlimit --fsize=\(sizes[place - 1])", "File too large", lines: place - 1)
    }
  }

  @Test(arguments: [(28, "No space left on device"), (5, "Input/output error")])
  func survivesAFailedSyncAtEachRecord(_ number: Int, _ words: String) async throws {
    try await Self.fullAtEachRecord { place in
      Stop("env LD_PRELOAD=$SHIM CONN_SHIM=s:\(place):\(number)", words, lines: place)
    }
  }

  /// After a torn record nothing more is written, even if there is room again.
  @Test func writesNothingAfterATornRecord() async throws {
    try await Self.fullAtEachRecord { place in
      Stop(
        "env LD_PRELOAD=$SHIM CONN_SHIM=j:\(place):x28", "No space left on device",
        lines: place - 1)
    }
  }

  private struct Stop: Sendable {
    let prefix: String
    let words: String
    /// The number of lines that the journal then has.
    let lines: Int

    init(_ prefix: String, _ words: String, lines: Int) {
      self.prefix = prefix
      self.words = words
      self.lines = lines
    }
  }

  /// The journal has sixteen records; the last one marks the run as complete.
  private static func fullAtEachRecord(_ stop: @escaping @Sendable (Int) -> Stop) async throws {
    let expected = try await WriteBench.undisturbed()
    try await KillTests.each(Array(1...15)) { try await full(stop($0), expected) }
  }

  /// The report is correct, nothing is sent afterwards, and the run can be resumed with more room.
  private static func full(_ stop: Stop, _ expected: WriteBench.World) async throws {
    let bench = try await WriteBench()
    let stopped = try await bench.shell("\(stop.prefix) \(WriteBench.run)")
    let place = "\(stop.prefix): \(stopped.output)\(stopped.errors)"
    let applied = await bench.world().writes
    let lines = try bench.journal().split(separator: "\n", omittingEmptySubsequences: false)
      .dropLast()
    #expect(lines.count == stop.lines, "\(place)")
    let intents = lines.count { $0.contains(#""type":"intent""#) }
    let writes = await bench.writes().count
    #expect(writes <= intents)
    #expect([9, 10].contains(stopped.exitCode), "\(place)")
    #expect(stopped.errors.contains(stop.words), "\(place)")
    #expect(done(stopped.errors) == applied, "\(place)")
    let resumed = try await bench.shell(WriteBench.resume)
    if resumed.exitCode == 2 {
      #expect(resumed.errors.contains("error: there is no interrupted run"), "\(place)")
      #expect(applied == 0, "\(place)")
    } else {
      #expect(resumed.exitCode == 0, "\(place)\(resumed.errors)")
      expectEqual(await bench.world(), expected, "\(place)\(resumed.errors)")
    }
    try await bench.close()
  }

  /// The completed writes according to the last line: `2 of 2 updated, 1 of 2 disconnected`.
  private static func done(_ errors: String) -> Int {
    errors.matches(of: /(\d+) of \d+ (?:updated|disconnected|deleted)/)
      .compactMap { Int($0.1) }.reduce(0, +)
  }
}
