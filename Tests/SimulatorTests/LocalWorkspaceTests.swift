import Simulator
import Testing

/// A workspace that is called without a server follows the same rules, but has no token and no limits.
@Suite struct LocalWorkspaceTests {
  private static let content = WorkspaceContent(
    connections: [SimulatedConnection(id: 36, fields: ["name": "ACME"])])

  private var workspace: LocalWorkspace { LocalWorkspace(Self.content, clock: .system) }

  @Test func changesAreSeenByLaterCalls() {
    var workspace = workspace
    let update = workspace.answer(
      "PUT", "/api/connections/36", Array(#"{"name":"ACME EU"}"#.utf8))
    #expect(update.status == 200)
    let list = workspace.answer("GET", "/api/connections", [])
    let rows = JSONValue(parsing: list.body)?.array ?? []
    #expect(rows.map { $0["name"] } == ["ACME EU"])
  }

  @Test(arguments: [
    ("GET", "/api/connections/36", 405), ("DELETE", "/api/connections/37", 404),
    ("GET", "/elsewhere", 404), ("PUT", "/api/connections/36", 400),
  ])
  func callsAreRefusedAsByTheServer(_ method: String, _ target: String, _ status: Int) {
    var workspace = workspace
    #expect(workspace.answer(method, target, Array("[]".utf8)).status == status)
  }

  @Test func thereIsNoLimit() {
    var workspace = workspace
    let statuses = (0..<500).map { _ in workspace.answer("GET", "/api/connections", []).status }
    #expect(Set(statuses) == [200])
  }
}
