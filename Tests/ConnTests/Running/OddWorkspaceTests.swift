import Foundation
import TestSupport
import Testing

/// A workspace with values that the API's page doesn't allow.
@Suite struct OddWorkspaceTests {
  private static let odd = Golden.root
    .appending(path: "Tests/SimulatorTests/Workspaces/oddities.json").path

  private func eval(_ script: String) async throws -> (
    output: String, errors: String, exitCode: Int32
  ) {
    let result = try await Program.run(
      "conn eval '\(script)' --simulator --simulator-data \(Self.odd)")
    return (result.output, result.errors, result.exitCode)
  }

  /// A list passes on what it was sent.
  @Test func listsWhatTheServerSent() async throws {
    let result = try await eval("list | sort by id | show as jsonl")
    #expect(result.exitCode == 0, "\(result.errors)")
    let rows = result.output.split(separator: "\n").compactMap {
      try? JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
    }
    #expect(rows.compactMap { $0["id"] as? Int } == Array(7...16))
    #expect(rows[0]["external_id"] as? Int == 12977)
    #expect(rows[1]["custom_label"] as? [String: String] == ["color": "teal"])
    #expect(rows[2]["parent_id"] as? Int64 == Int64.max)
  }

  /// Fields of the wrong type are found when they are used, with the id of the row.
  @Test(arguments: [
    ("list where external_id == \"12977\" | show as ids", 0, "7\n"),
    ("list where name == null | sort by id | show as ids", 0, "15\n16\n"),
    ("list where tags has \"tag-a\" | show as ids", 0, "7\n12\n"),
    ("list where updated_at == null | show as ids", 8, "connection 10: `updated_at` is 1.5"),
  ])
  func filtersOddFields(_ script: String, _ code: Int32, _ expected: String) async throws {
    let result = try await eval(script)
    #expect(result.exitCode == code, "\(result.output)\(result.errors)")
    #expect(code == 0 ? result.output == expected : result.errors.contains(expected))
  }

  @Test func tableEscapesHostileNames() async throws {
    let result = try await eval("get 13, 14 | select id, name | show as table")
    #expect(result.output.contains(#"a line\nbreak and a bell\u{7}"#), "\(result.output)")
    #expect(result.output.contains(#"right to left \u{202E} override"#), "\(result.output)")
  }
}
