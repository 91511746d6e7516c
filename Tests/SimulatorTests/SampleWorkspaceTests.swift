import Simulator
import Testing

/// What the sample workspace promises to those who try scripts on it.
struct SampleWorkspaceTests {
  private let rows = SampleWorkspace.connections

  private func ids(where isChosen: (SimulatedConnection) -> Bool) -> [Int64] {
    rows.filter(isChosen).map(\.id).sorted()
  }

  private func tags(_ row: SimulatedConnection) -> [JSONValue] { row["tags"].array ?? [] }

  @Test func hasSixtyOneConnectionsWithAnIDEach() {
    #expect(rows.count == 61)
    #expect(Set(rows.map(\.id)).count == rows.count)
    #expect(rows.allSatisfy { $0.fields.count >= 15 })
  }

  @Test func hasFiveLegacyConnectionsAndOneNeedsForce() {
    let legacy = ids { tags($0).contains("tag-legacy") }
    #expect(legacy == [1204, 1207, 1211, 1214, 1219])
    let inUse = ids { tags($0).contains("tag-legacy") && $0.facts.activeRecipes > 0 }
    #expect(inUse == [1204])
    #expect(!rows.contains { tags($0).contains("tag-legacy") && $0.facts.auditStreaming })
  }

  @Test func hasALegacyParentWithUntaggedChildren() {
    let children = rows.filter { $0["parent_id"] == 1207 }
    #expect(children.map(\.id) == [1208, 1209])
    #expect(children.allSatisfy { !tags($0).contains("tag-legacy") })
  }

  @Test func everyHandleHasATagWithATitleOfItsOwn() {
    let all = SampleWorkspace.content.tags
    #expect(Set(all.map(\.handle)).count == all.count)
    #expect(Set(all.map { $0.title.lowercased() }).count == all.count)
    let used = Set(rows.flatMap(\.tags))
    #expect(all.filter { !used.contains($0.handle) }.map(\.title) == ["Accounting"])
    #expect(used.isSubset(of: all.map(\.handle)))
  }

  @Test func parentsHaveTheSameApplication() {
    let byID = Dictionary(uniqueKeysWithValues: rows.map { ($0.id, $0) })
    let children = rows.filter { $0["parent_id"] != .null }
    #expect(children.count == 5)
    for child in children {
      let parent = child["parent_id"].integer.flatMap { byID[$0] }
      #expect(parent?["application"] == child["application"])
    }
  }

  @Test func hasTheSpecialConnections() {
    #expect(ids { $0.facts.auditStreaming } == [1306])
    #expect(ids { $0.facts.runtime } == [4101, 4102, 4103])
    #expect(ids { $0.fields["project_id"] != nil } == [1314])
    #expect(ids { $0["tags"] == .null } == [37, 1315, 1316, 3009, 5009])
    #expect(ids { $0["authorization_status"] == "exception" } == [3005, 3006])
    #expect(ids { $0["authorization_status"] == "failed" } == [1214, 3003, 3004, 3011])
    #expect(ids { $0.isDisconnected } == [1211, 3008, 3009, 3010, 4006, 22331])
    #expect(
      ids { $0["connection_lost_at"] != .null }
        == [1214, 3001, 3002, 3003, 3006, 3007, 3011, 4103])
    #expect(
      ids { $0["updated_at"].string?.hasSuffix("-08:00") ?? false } == [1307, 1316, 3005])
  }

  /// The types of the members, as the API's page shows them; `project_id` is on newer pages.
  @Test func hasTheTypesOfTheAPI() {
    for row in rows {
      for (name, value) in row.fields where value != .null {
        switch name {
        case "id", "folder_id", "parent_id", "project_id": #expect(value.integer != nil)
        case "tags": #expect(value.array?.allSatisfy { $0.string != nil } == true)
        default: #expect(value.string != nil, "\(row.id): \(name)")
        }
      }
    }
  }

  @Test func hasFiveFolders() {
    let folders = Set(rows.compactMap { $0["folder_id"].integer })
    #expect(folders == [4515, 28940, 1892, 30117, 77402])
  }

  @Test func hasDuplicateNames() {
    let names = Dictionary(grouping: rows, by: \.name).filter { $0.value.count > 1 }
    #expect(names.keys.compactMap(\.self).sorted() == ["ACME REST", "Mailbox", "jira_connection"])
  }

  @Test func serverListsItUnchanged() async throws {
    let server = try await SimulatedServer.start()
    let path = "/api/connections?includes[]=tags&include_runtime_connections=true"
    let answer = try TestClient(server).call("GET", path)
    let sent = rows.map { JSONValue.object($0.fields) }
    #expect(answer.json?.array == sent)
    #expect(!answer.text.utf8.contains(7))
    #expect(answer.text.contains(#"ACME\u0007 bell"#))
    try await server.stop()
  }
}
