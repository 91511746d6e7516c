import API
import Execution
import JSON
import TestSupport
import Testing

@Suite struct PushdownTests {
  private func query(_ text: String, _ arguments: [String] = []) async throws -> String {
    let fixture = PipelineFixture()
    _ = try await fixture.run(text, arguments: arguments)
    let query = try #require(await fixture.server.queries.first)
    return Request.list(query).target.replacing("/api/connections", with: "")
  }

  @Test(arguments: [
    ("list | count", ""), ("list", "?includes%5B%5D=tags"), ("list | select id", ""),
    ("list where folder_id == 4515 | count", "?folder_id=4515"),
    (
      "list | where parent_id == 36 | where external_id == \"a b&c\" | count",
      "?parent_id=36&external_id=a%20b%26c"
    ),
    (
      "list where updated_at > @2026-01-31T10:00:00.250Z | count",
      "?updated_after=2026-01-31T09:59:59Z"
    ),
    ("list where updated_at >= ago(1d) | count", "?updated_after=2026-01-30T09:59:59Z"),
    ("list where updated_at < now() | count", ""),
    ("list where tags has \"x\" | count", "?includes%5B%5D=tags"),
    ("list with runtime | count", "?include_runtime_connections=true"),
    ("list where folder_id == 1 or parent_id == 2 | count", ""),
    ("list where folder_id != 4515 | count", ""), ("list where parent_id != 36 | count", ""),
    ("list where external_id != \"U12904\" | count", ""),
    ("list where updated_at != @2026-01-31 | count", ""),
    ("list where folder_id not in [4515] | count", ""),
    ("list where not (folder_id in [4515]) | count", ""),
    ("list where not (folder_id not in [4515]) | count", ""),
    ("list where external_id not in [] and parent_id == 36 | count", "?parent_id=36"),
    ("list where folder_id != 4515 and parent_id == 36 | count", "?parent_id=36"),
    ("list where not (folder_id == 1) | count", ""), ("list where folder_id == null | count", ""),
    ("list where folder_id == 1 and folder_id == 2 | count", "?folder_id=1"),
    ("list | first 3 | where folder_id == 1 | count", ""),
    ("list where external_id == \"\" | count", ""),
    ("let f = 4515\nlist where folder_id == $f | count", "?folder_id=4515"),
    ("list where raw.x == 1 | count", "?includes%5B%5D=tags"),
    ("list where folder_id == 4515 | update name = \"x\"", "?includes%5B%5D=tags"),
    ("get 36 | select id", ""),
  ])
  func asksTheServerToFilter(_ text: String, _ expected: String) async throws {
    expectEqual(try await query(text), expected)
  }

  @Test func pushdownCanBeTurnedOff() async throws {
    let fixture = PipelineFixture()
    _ = try await fixture.run("list where folder_id == 4515 | count") { $0.pushesDown = false }
    expectEqual(await fixture.server.queries, [ListQuery()])
  }

  /// The server doesn't know simulated writes: it would filter out rows that only they bring into
  /// the selection.
  @Test(arguments: [
    ("get 36 | update folder_id = 7", [2, 1]), ("get 40 | update folder_id = 4515", [2, 3]),
    ("get 36 | disconnect", [2, 2]), ("get 36 | delete", [2, 1]),
    ("create name = \"a\", provider = \"jira\", folder_id = 4515", [2, 3]),
  ])
  func asksForNoFilterBehindASimulatedWrite(
    _ write: String, _ expected: [Int64]
  ) async throws {
    let count = "list where folder_id == 4515 | count"
    let text = "\(count)\n\(write)\n\(count)"
    let (preview, planning, dry) = (PipelineFixture(), PipelineFixture(), PipelineFixture())
    let previewed = try await preview.run(text, .preview)
    _ = try await planning.plan(text)
    let snapshot = try await dry.run(text, .snapshotDryRun)
    for fixture in [preview, planning] {
      let queries = await fixture.server.queries
      #expect(queries.first?.folderID == 4515)
      #expect(queries.dropFirst().allSatisfy { !$0.isFiltered }, "\(queries)")
    }
    for rows in [previewed.rows, snapshot.rows, planning.output.rows] {
      let counts = rows.compactMap { $0["count"]?.int }
      #expect(counts == expected)
    }
  }

  /// The server of these tests ignores every filter: the result is still the same.
  @Test func serverThatIgnoresFiltersChangesNothing() async throws {
    let result = try await PipelineFixture().run("list where folder_id == 4515 | select id")
    #expect(result.rows.compactMap { $0["id"]?.int } == [36, 37])
  }
}
