import ConnectionsClient
import Engine
import Language
import TestSupport
import Testing

@Suite struct PushdownTests {
  private func query(_ text: String, _ arguments: [String] = []) async throws -> String {
    let bench = Workbench()
    _ = try await bench.run(text, arguments: arguments)
    let query = try #require(await bench.server.queries.first)
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
    ("list where not (folder_id == 1) | count", ""), ("list where folder_id == null | count", ""),
    ("list where folder_id == 1 and folder_id == 2 | count", "?folder_id=1"),
    ("list | first 3 | where folder_id == 1 | count", ""),
    ("list where external_id == \"\" | count", ""),
    ("let f = 4515\nlist where folder_id == $f | count", "?folder_id=4515"),
    ("list where raw.x == 1 | count", "?includes%5B%5D=tags"),
    ("list where folder_id == 4515 | update name = \"x\"", "?includes%5B%5D=tags"),
    ("get 36 | select id", ""),
  ])
  func query(_ text: String, _ expected: String) async throws {
    expectEqual(try await query(text), expected)
  }

  @Test func pushdownCanBeTurnedOff() async throws {
    let bench = Workbench()
    _ = try await bench.run("list where folder_id == 4515 | count") { $0.pushesDown = false }
    expectEqual(await bench.server.queries, [ListQuery()])
  }

  /// The server of these tests ignores every filter: the result is the same all the same.
  @Test func aServerThatIgnoresFiltersChangesNothing() async throws {
    let result = try await Workbench().run("list where folder_id == 4515 | select id")
    #expect(result.rows.compactMap { $0["id"]?.int } == [36, 37])
  }
}
