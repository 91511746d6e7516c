import Foundation
import TestSupport
import Testing

/// A disk that takes no more, at each record of the journal.
@Suite struct DiskTests {
  /// Sizes that cut the journal within each of its lines.
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

  @Test func aFileSizeLimitAtEachRecord() async throws {
    let expected = try await WriteBench.undisturbed()
    let sizes = try await Self.sizes().dropLast()
    #expect(sizes.count == 15)
    try await KillTests.each(Array(sizes)) { size in
      try await Self.full(
        "prlimit --fsize=\(size) \(WriteBench.run)", "File too large", expected, "\(size) bytes")
    }
  }

  @Test(arguments: [(28, "No space left on device"), (5, "Input/output error")])
  func aSyncThatFailsAtEachRecord(_ number: Int, _ words: String) async throws {
    let expected = try await WriteBench.undisturbed()
    try await KillTests.each(Array(1...15)) { place in
      try await Self.full(
        "env LD_PRELOAD=$SHIM CONN_SHIM=s:\(place):\(number) \(WriteBench.run)", words, expected,
        "sync \(place)")
    }
  }

  /// Once a record was torn, nothing is written behind it, even where there would be room again.
  @Test func aDiskThatIsFullForAMoment() async throws {
    let expected = try await WriteBench.undisturbed()
    try await KillTests.each(Array(1...15)) { place in
      try await Self.full(
        "env LD_PRELOAD=$SHIM CONN_SHIM=j:\(place):x28 \(WriteBench.run)",
        "No space left on device", expected, "record \(place)")
    }
  }

  /// What is said is what was done, nothing leaves afterwards, and the run goes on with more room.
  private static func full(
    _ line: String, _ words: String, _ expected: WriteBench.World, _ place: String
  ) async throws {
    let bench = try await WriteBench()
    let stopped = try await bench.shell(line)
    let place = "\(place): \(stopped.output)\(stopped.errors)"
    let applied = await bench.world().writes
    let intents =
      bench.runs.isEmpty ? 0 : try bench.journal().ranges(of: "\"type\":\"intent\"").count
    #expect(await bench.writes().count <= intents, "\(place)")
    #expect([9, 10].contains(stopped.exitCode), "\(place)")
    #expect(stopped.errors.contains(words), "\(place)")
    #expect(Self.done(stopped.errors) == applied, "\(place)")
    let resumed = try await bench.shell(WriteBench.resume)
    if resumed.exitCode == 2 {
      #expect(resumed.errors.contains("error: no run was interrupted"), "\(place)")
      #expect(applied == 0, "\(place)")
    } else {
      #expect(resumed.exitCode == 0, "\(place)\(resumed.errors)")
      #expect(await bench.world() == expected, "\(place)\(resumed.errors)")
    }
    try await bench.close()
  }

  /// The writes that the last line calls done: `2 of 2 updated, 1 of 2 disconnected`.
  private static func done(_ errors: String) -> Int {
    errors.matches(of: /(\d+) of \d+ (?:updated|disconnected|deleted)/)
      .compactMap { Int($0.1) }.reduce(0, +)
  }
}
