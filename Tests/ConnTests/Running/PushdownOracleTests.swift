import Simulator
import TestSupport
import Testing
import Text

/// The built program against a server that filters: filters never change a result.
@Suite struct PushdownOracleTests {
  /// The number of lists that the program may send per minute.
  private static let filters = 60

  @Test(arguments: [20_260_131, 20_260_201] as [UInt64], [false, true])
  func pushdownChangesNothing(_ seed: UInt64, _ ignoresFilters: Bool) async throws {
    var random = SplitMix64(seed: seed)
    let rows = (1...80).map { RandomRow.connection($0, &random) }
    let filters = (1...Self.filters).map { _ in RandomFilter.text(&random) }
    let script = filters.enumerated().map { number, filter in
      "list where \(filter) | select number = \(number), id | show as jsonl"
    }.joined(separator: "\n")
    let runs = try await run(script, rows, ignoresFilters)
    for (number, filter) in filters.enumerated() {
      #expect(runs[0].rows(number) == runs[1].rows(number), "\(filter)")
    }
    #expect(runs[1].lines.count > Self.filters)
    #expect(runs[0].parameters * 2 >= Self.filters)
    #expect(runs[1].parameters == 0)
  }

  /// The lines that a run showed, and the number of its calls with a filter.
  private struct Run {
    let lines: [Substring]
    let parameters: Int

    func rows(_ number: Int) -> [Substring] {
      lines.filter { $0.hasPrefix("{\"number\":\(number),") }
    }
  }

  /// Runs the script as it is, and then without pushdown.
  private func run(
    _ script: String, _ rows: [SimulatedConnection], _ ignoresFilters: Bool
  ) async throws -> [Run] {
    var options = SimulatorOptions()
    options.limits = .off
    options.ignoresFilters = ignoresFilters
    var runs: [Run] = []
    for flag in ["", "--no-push"] {
      let server = try await SimulatedServer.start(
        options: options, content: WorkspaceContent(connections: rows))
      let variables = [
        "WORKATO_HOST": server.url, "WORKATO_API_TOKEN": server.token, "SCRIPT": script,
      ]
      let result = try await Task.detached {
        try await Program.run("conn eval \"$SCRIPT\" \(flag)", environment: variables)
      }.value
      try await server.stop()
      #expect(result.exitCode == 0, "\(result.errors)")
      let calls = await server.requests().filter { RandomFilter.isAsked(in: $0.uri) }
      runs.append(Run(lines: result.output.split(separator: "\n"), parameters: calls.count))
    }
    return runs
  }
}

/// Draws values for filters that are equal, nearly equal or hard to encode.
private enum RandomRow {
  static let folders: [Int64] = [0, 1, 36, 4515, 4516]
  static let externalIDs = [
    "U12904", "u12904", "12904", "012904", "a b&c=d", "50%", "%41", "+1", "#?/", "é", "e\u{301}",
    "日本", "👍🏽", " x ", "a\nb", "null", "\"", "'", "\u{FFFD}",
  ]

  static func connection(_ id: Int64, _ random: inout SplitMix64) -> SimulatedConnection {
    let external: JSONValue = random.chance(15) ? 12904 : .string(random.pick(externalIDs))
    return SimulatedConnection(
      id: id,
      fields: [
        "name": random.chance(50) ? "jira" : "JIRA", "application": "jira",
        "authorization_status": random.chance(50) ? "success" : .null,
        "created_at": .string(instant(&random)), "updated_at": .string(instant(&random)),
        "external_id": random.chance(15) ? .null : external,
        "folder_id": number(&random), "parent_id": number(&random),
        "tags": random.chance(50) ? ["prod"] : .null,
      ])
  }

  private static func number(_ random: inout SplitMix64) -> JSONValue {
    random.chance(15) ? .null : .integer(random.pick(folders))
  }

  /// Returns one of few instants, in one of three zones.
  static func instant(_ random: inout SplitMix64) -> String {
    let clock = random.pick([("10:00", "Z"), ("15:30", "+05:30"), ("02:00", "-08:00")])
    let fraction = random.pick(["", ".000", ".001", ".250", ".999"])
    return "2026-01-31T\(clock.0):0\(Int.random(in: 0...4, using: &random))\(fraction)\(clock.1)"
  }
}

/// Draws filters; most have a part that the server can evaluate.
private enum RandomFilter {
  static func text(_ random: inout SplitMix64) -> String {
    (0..<Int.random(in: 1...3, using: &random)).map { _ in condition(&random) }
      .joined(separator: " and ")
  }

  static func isAsked(in uri: String) -> Bool {
    ["folder_id=", "parent_id=", "external_id=", "updated_after="].contains { uri.contains($0) }
  }

  private static func condition(_ random: inout SplitMix64) -> String {
    switch Int.random(in: 0...9, using: &random) {
    case 0: "(\(pushable(&random)) or \(pushable(&random)))"
    case 1: "not (\(pushable(&random)))"
    case 2: decidedHere(&random)
    default: pushable(&random)
    }
  }

  private static func pushable(_ random: inout SplitMix64) -> String {
    switch Int.random(in: 0...3, using: &random) {
    case 0: "folder_id == \(random.pick(RandomRow.folders))"
    case 1: "parent_id == \(random.pick(RandomRow.folders)) + 0"
    case 2: "external_id == \(externalID(&random))"
    default: "updated_at \(random.pick([">", ">="])) @\(RandomRow.instant(&random))"
    }
  }

  private static func decidedHere(_ random: inout SplitMix64) -> String {
    random.pick([
      "name starts with \"j\"", "tags has \"prod\"", "not connected", "external_id == null",
      "folder_id != 1", "updated_at < @\(RandomRow.instant(&random))", "folder_id == parent_id",
      "external_id in [\(externalID(&random)), \(externalID(&random))]", "empty(external_id)",
    ])
  }

  private static func externalID(_ random: inout SplitMix64) -> String {
    let text = random.pick(RandomRow.externalIDs)
    return text.contains("\"") ? "'\(text)'" : "\"\(text)\""
  }
}

extension SplitMix64 {
  fileprivate mutating func chance(_ percent: Int) -> Bool {
    Int.random(in: 1...100, using: &self) <= percent
  }

  fileprivate mutating func pick<T>(_ choices: [T]) -> T {
    choices[Int.random(in: 0..<choices.count, using: &self)]
  }
}
