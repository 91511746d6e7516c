import Simulator
import TestSupport
import Testing

/// `POST /api/connections/:id/disconnect` and `DELETE /api/connections/:id`
struct RemovalTests {
  private static let disconnected = #"{"success":true,"status":"disconnected"}"#
  private static let deleted = #"{"success":true,"status":"deleted"}"#

  private static func rejected(_ message: String) -> String {
    #"{"success":false,"status":"rejected","message":"\#(message)"}"#
  }

  @Test func disconnectClearsTheAuthorization() async throws {
    try await Harness.run { harness async throws in
      var expected = try #require(await harness.server.connection(36))
      let answer = try harness.call("POST", "/api/connections/36/disconnect")
      #expect(answer.status == 200)
      #expect(answer.text == Self.disconnected)
      expected["authorized_at"] = .null
      expected["authorization_status"] = .null
      expected["updated_at"] = "2026-02-03T04:05:06.789Z"
      expectEqual(await harness.server.connection(36), expected)
    }
  }

  @Test func disconnectingAShellChangesNothing() async throws {
    try await Harness.run { harness async throws in
      let before = await harness.server.connections()
      let answer = try harness.call("POST", "/api/connections/39/disconnect")
      #expect(answer.text == Self.disconnected)
      expectEqual(await harness.server.connections(), before)
      expectEqual(await harness.server.counts().writes, 0)
    }
  }

  @Test(arguments: [200, 403])
  func disconnectWithActiveRecipesNeedsForce(status: Int) async throws {
    try await Harness.run(options: { $0.refusalStatus = status }) { harness async throws in
      let before = await harness.server.connections()
      let message = "You can't disconnect a connection used by active recipes"
      for body in [nil, "{}", #"{"force":false}"#] {
        let answer = try harness.call("POST", "/api/connections/38/disconnect", body)
        #expect(answer.status == status)
        #expect(answer.text == Self.rejected(message))
      }
      expectEqual(await harness.server.connections(), before)
    }
  }

  @Test(arguments: [("", #"{"force": true}"#), ("?force=true", nil), ("?force=true", "{}")])
  func readsForceFromBodyAndQuery(query: String, body: String?) async throws {
    try await Harness.run { harness async throws in
      let answer = try harness.call("POST", "/api/connections/38/disconnect\(query)", body)
      #expect(answer.text == Self.disconnected)
      let row = try #require(await harness.server.connection(38))
      #expect(row.isDisconnected)
      #expect(row.facts.activeRecipes == 2)
    }
  }

  @Test func rejectsForceThatIsNotABoolean() async throws {
    try await Harness.run { harness async throws in
      let answer = try harness.call("POST", "/api/connections/38/disconnect", #"{"force":"true"}"#)
      #expect(answer.status == 422)
      #expect(answer.text == #"{"errors":{"force":["must be a boolean"]}}"#)
    }
  }

  @Test(arguments: [false, true])
  func forceStopsRecipesIfConfigured(stops: Bool) async throws {
    try await Harness.run(options: { $0.forceStopsRecipes = stops }) { harness async throws in
      try harness.call("POST", "/api/connections/38/disconnect", #"{"force":true}"#)
      let answer = try harness.call("DELETE", "/api/connections/38")
      let refusal = Self.rejected("You can't delete a connection used by active recipes")
      #expect(answer.text == (stops ? Self.deleted : refusal))
    }
  }

  @Test(arguments: [36, 39] as [Int64])
  func deletesConnections(id: Int64) async throws {
    try await Harness.run { harness async throws in
      let answer = try harness.call("DELETE", "/api/connections/\(id)")
      #expect(answer.status == 200)
      #expect(answer.text == Self.deleted)
      expectEqual(await harness.server.connection(id), nil)
      expectEqual(await harness.server.connections().count, 6)
      let again = try harness.call("DELETE", "/api/connections/\(id)")
      #expect(again.status == 404)
      #expect(again.text == #"{"message":"Not found"}"#)
    }
  }

  @Test(
    arguments: [(38, "active recipes"), (40, "audit log streaming")] as [(Int64, String)],
    [200, 400])
  func refusesToDeleteConnectionsInUse(row: (id: Int64, user: String), status: Int) async throws {
    try await Harness.run(options: { $0.refusalStatus = status }) { harness async throws in
      let answer = try harness.call("DELETE", "/api/connections/\(row.id)")
      #expect(answer.status == status)
      #expect(answer.text == Self.rejected("You can't delete a connection used by \(row.user)"))
      #expect(await harness.server.connection(row.id) != nil)
    }
  }

  @Test func keepsChildrenOfADeletedConnection() async throws {
    try await Harness.run(options: { $0.forceStopsRecipes = true }) { harness async throws in
      try harness.call("POST", "/api/connections/38/disconnect?force=true")
      expectEqual(try harness.call("DELETE", "/api/connections/38").status, 200)
      expectEqual(await harness.server.connection(41)?["parent_id"], 38)
    }
  }
}
