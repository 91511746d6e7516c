import Simulator
import TestSupport
import Testing

/// `GET /api/connections`
struct ListTests {
  private static let page = """
    [{"application":"salesforce","id":36,"name":"ACME Production Salesforce connection",\
    "description":null,"authorized_at":"2015-05-26T22:53:52.528Z",\
    "authorization_status":"success","authorization_error":null,\
    "created_at":"2015-05-26T22:53:52.532Z","updated_at":"2015-05-26T22:53:52.532Z",\
    "external_id":null,"folder_id":4515,"connection_lost_at":null,\
    "connection_lost_reason":null,"parent_id":null,"tags":["tag-ANgeffPL-3gxQwA"]},\
    {"application":"google_sheets","id":37,"name":"ACME google sheet account",\
    "description":null,"authorized_at":"2015-05-26T22:53:52.528Z",\
    "authorization_status":"success","authorization_error":null,\
    "created_at":"2015-05-26T22:53:52.532Z","updated_at":"2015-05-26T22:53:52.532Z",\
    "external_id":null,"folder_id":4515,"connection_lost_at":null,\
    "connection_lost_reason":null,"parent_id":null,"tags":null}]
    """

  @Test func answersWithTheDocumentedSample() async throws {
    let rows = SampleWorkspace.connections.filter { [36, 37].contains($0.id) }
    let server = try await SimulatedServer.start(content: WorkspaceContent(connections: rows))
    let answer = try TestClient(server).call("GET", "/api/connections?includes[]=tags")
    #expect(answer.status == 200)
    #expect(answer.headers["content-type"] == "application/json; charset=utf-8")
    #expect(answer.text == Self.page)
    try await server.stop()
  }

  @Test func omitsTagsUnlessRequested() async throws {
    try await Harness.run { harness async throws in
      let rows = try harness.call("GET", "/api/connections").json?.array ?? []
      #expect(rows.count == 6)
      #expect(rows.allSatisfy { $0.object?.keys.contains("tags") == false })
    }
  }

  @Test(arguments: ["includes[]=tags", "includes%5B%5D=tags", "includes%5b%5d=t%61gs"])
  func includesTagsIfRequested(query: String) async throws {
    try await Harness.run { harness async throws in
      let rows = try harness.call("GET", "/api/connections?\(query)").json?.array ?? []
      let tags: [JSONValue] = [["tag-ANgeffPL-3gxQwA"], .null, .null, [], .null, .null]
      #expect(rows.map { $0["tags"] } == tags)
    }
  }

  @Test(
    arguments: [
      ("folder_id=1892", [38, 39]), ("folder_id=nowhere", []), ("parent_id=38", [41]),
      ("external_id=U12904", [36]), ("external_id=12904", [39]), ("project_id=118", [38]),
      ("include_runtime_connections=true", [36, 37, 38, 39, 40, 41, 42]),
      ("include_runtime_connections=false", [36, 37, 38, 39, 40, 41]),
      ("folder_id=28940&parent_id=38", [41]), ("folder_id=4515&folder_id=1892", [38, 39]),
      ("folder_id=", [36, 37, 38, 39, 40, 41]), ("colour=blue", [36, 37, 38, 39, 40, 41]),
      ("updated_after=2023-01-26T22:53:52Z", [39, 40, 41]),
      ("updated_after=2023-01-27T04:53:51Z", [41]), ("updated_after=2023-01-27T04%3A53%3A53Z", []),
    ] as [(String, [Int64])])
  func appliesFilters(query: String, expected: [Int64]) async throws {
    try await Harness.run { harness async throws in
      expectEqual(try harness.call("GET", "/api/connections?\(query)").ids, expected)
    }
  }

  @Test func readsPlusAndEscapeAsSpace() async throws {
    try await Harness.run { harness async throws in
      try harness.call("PUT", "/api/connections/37", #"{"external_id":"Zo\u00eb 2"}"#)
      expectEqual(try harness.call("GET", "/api/connections?external_id=Zo%C3%AB+2").ids, [37])
      expectEqual(try harness.call("GET", "/api/connections?external_id=Zo%C3%AB%202").ids, [37])
    }
  }

  @Test(arguments: [
    "folder_id=%", "folder_id=%4", "folder_id=%zz", "folder_id=%+4", "%ff=1",
    "updated_after=yesterday", "updated_after=2023-01-26", "updated_after=2023-13-26T22:53:52Z",
    "updated_after=2023-01-26T22:53:52.000Z",
  ])
  func rejectsMalformedQueries(query: String) async throws {
    try await Harness.run { harness async throws in
      let answer = try harness.call("GET", "/api/connections?\(query)")
      #expect(answer.status == 400)
      #expect(answer.text == #"{"message":"Bad request"}"#)
    }
  }

  @Test func ignoresFiltersButNotRuntimeUsers() async throws {
    try await Harness.run(options: { $0.ignoresFilters = true }) { harness async throws in
      let path = "/api/connections?folder_id=1892&updated_after=2030-01-01T00:00:00Z"
      expectEqual(try harness.call("GET", path).ids, [36, 37, 38, 39, 40, 41])
    }
  }

  @Test func wrapsTheAnswer() async throws {
    try await Harness.run(options: { $0.wrapsList = true }) { harness async throws in
      let answer = try harness.call("GET", "/api/connections?folder_id=4515")
      #expect(answer.text.hasPrefix(#"{"result":[{"application":"salesforce","id":36,"#))
      #expect(answer.json?["result"]?.array?.count == 2)
    }
  }

  @Test func keepsUnknownFieldsAndHidesItsOwn() async throws {
    try await Harness.run { harness async throws in
      let answer = try harness.call("GET", "/api/connections")
      #expect(answer.text.contains(#""parent_id":38,"custom":{"a":[true,1.5],"b":1}}"#))
      #expect(answer.text.contains(#""project_id":118"#))
      #expect(!answer.text.contains("simulator"))
    }
  }
}
