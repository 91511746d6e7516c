import Simulator
import TestSupport
import Testing

/// `POST /api/connections` and `PUT /api/connections/:id`
struct WriteTests {
  private static let now = "2026-02-03T04:05:06.789Z"

  private static let credentials = """
    {"name":"Prod JIRA connection","provider":"jira","folder_id":1892,"input":{\
    "host_name":"acme.atlassian.net","auth_type":"api_token","email":"U12904","apitoken":"X"}}
    """

  @Test func createWithoutInputMakesAShell() async throws {
    try await Harness.run { harness async throws in
      let body = #"{"name":"Prod JIRA connection","provider":"jira","folder_id":1892}"#
      let answer = try harness.call("POST", "/api/connections", body)
      #expect(answer.status == 200)
      #expect(
        answer.text == """
          {"id":43,"name":"Prod JIRA connection","provider":"jira","authorized_at":null,\
          "authorization_status":null,"authorization_error":null,"created_at":"\(Self.now)",\
          "updated_at":"\(Self.now)","external_id":null,"folder_id":1892,"parent_id":null}
          """)
      expectEqual(await harness.server.connection(43)?.isDisconnected, true)
    }
  }

  @Test func createWithInputAuthenticates() async throws {
    try await Harness.run { harness async throws in
      let answer = try harness.call("POST", "/api/connections", Self.credentials)
      #expect(
        answer.text == """
          {"id":43,"name":"Prod JIRA connection","provider":"jira",\
          "authorized_at":"\(Self.now)","authorization_status":"success",\
          "authorization_error":null,"created_at":"\(Self.now)","updated_at":"\(Self.now)",\
          "external_id":null,"folder_id":1892,"parent_id":null}
          """)
      let row = try #require(await harness.server.connection(43))
      #expect(row["application"] == "jira")
      #expect(row.fields["input"] == nil)
    }
  }

  @Test func listsACreatedConnectionInFull() async throws {
    try await Harness.run { harness async throws in
      try harness.call("POST", "/api/connections", Self.credentials)
      let rows = try harness.call("GET", "/api/connections?includes[]=tags").json?.array
      let names = try #require(rows?.last?.object).keys.sorted()
      #expect(names == rows?.first?.object?.keys.sorted())
    }
  }

  @Test(arguments: [
    #""shell_connection":true,"input":{"a":"b"}"#, #""shell_connection":true"#,
    #""shell_connection":false"#,
  ])
  func createsAShellWithoutAuthorization(members: String) async throws {
    try await Harness.run { harness async throws in
      let answer = try harness.call("POST", "/api/connections", #"{"provider":"jira",\#(members)}"#)
      #expect(answer.json?["authorization_status"] == .null)
      #expect(answer.json?["authorized_at"] == .null)
    }
  }

  @Test func oauthTokensAuthenticate() async throws {
    try await Harness.run { harness async throws in
      let body = #"{"oauth_token_pair":{"access_token":"a","refresh_token":"r"}}"#
      let answer = try harness.call("POST", "/api/connections", body)
      #expect(answer.json?["authorization_status"] == "success")
    }
  }

  @Test(arguments: [#"{"a":"wrong"}"#, #"{"a":{"b":[1,"wrong"]}}"#])
  func wrongCredentialsFailTheTest(input: String) async throws {
    try await Harness.run { harness async throws in
      let made = try harness.call("POST", "/api/connections", #"{"input":\#(input)}"#)
      #expect(made.json?["authorization_status"] == "failed")
      #expect(made.json?["authorization_error"] == "Invalid credentials")
      #expect(made.json?["authorized_at"] == .null)
      let updated = try harness.call("PUT", "/api/connections/36", #"{"input":\#(input)}"#)
      #expect(updated.json?["authorization_status"] == "failed")
      #expect(updated.json?["authorized_at"] == "2015-05-26T22:53:52.528Z")
      let mended = try harness.call("PUT", "/api/connections/36", #"{"input":{"a":"right"}}"#)
      #expect(mended.json?["authorization_status"] == "success")
      #expect(mended.json?["authorization_error"] == .null)
      #expect(mended.json?["authorized_at"] == .string(Self.now))
    }
  }

  @Test func newIDsCountUpAndAreNeverReused() async throws {
    try await Harness.run { harness async throws in
      expectEqual(try harness.call("POST", "/api/connections", "{}").json?["id"], 43)
      expectEqual(try harness.call("DELETE", "/api/connections/43").status, 200)
      expectEqual(try harness.call("POST", "/api/connections").json?["id"], 44)
    }
  }

  @Test(arguments: [([], 1), ([900, 36], 901)] as [([Int64], JSONValue)])
  func newIDFollowsTheHighest(ids: [Int64], expected: JSONValue) async throws {
    let rows = ids.map { SimulatedConnection(id: $0, fields: [:]) }
    let server = try await SimulatedServer.start(content: WorkspaceContent(connections: rows))
    expectEqual(try TestClient(server).call("POST", "/api/connections").json?["id"], expected)
    try await server.stop()
  }

  @Test func timesHaveMillisecondPrecision() async throws {
    try await Harness.run { harness async throws in
      for millisecond in 790..<830 {
        harness.time.advance(by: .milliseconds(1))
        let answer = try harness.call("PUT", "/api/connections/36", #"{"name":"x"}"#)
        #expect(answer.json?["updated_at"] == .string("2026-02-03T04:05:06.\(millisecond)Z"))
      }
    }
  }

  @Test func requiresAFolderIfConfigured() async throws {
    try await Harness.run { harness async throws in
      expectEqual(try harness.call("POST", "/api/connections", "{}").json?["folder_id"], 4515)
    }
    try await Harness.run(options: { $0.requiresFolder = true }) { harness async throws in
      let answer = try harness.call("POST", "/api/connections", #"{"folder_id":null}"#)
      #expect(answer.status == 422)
      #expect(answer.text == #"{"errors":{"folder_id":["can't be blank"]}}"#)
      expectEqual(try harness.call("POST", "/api/connections", #"{"folder_id":1}"#).status, 200)
    }
  }

  @Test func updateChangesOnlySentFields() async throws {
    try await Harness.run { harness async throws in
      let before = try #require(await harness.server.connection(41))
      let body = #"{"name":"jira_connection_latest","folder_id":"28941","provider":"jira"}"#
      let answer = try harness.call("PUT", "/api/connections/41", body)
      #expect(
        answer.text == """
          {"id":41,"name":"jira_connection_latest","provider":"jira",\
          "authorized_at":"2023-01-26T14:53:52.528-08:00","authorization_status":"success",\
          "authorization_error":null,"created_at":null,"updated_at":"\(Self.now)",\
          "external_id":null,"folder_id":28941,"parent_id":38}
          """)
      var after = try #require(await harness.server.connection(41))
      #expect(after["folder_id"] == 28941)
      for name in ["name", "folder_id", "updated_at"] { after[name] = before[name] }
      #expect(after["custom"] == before["custom"])
      #expect(after["authorized_at"] == before["authorized_at"])
    }
  }

  @Test func updateClearsAndSetsReferences() async throws {
    try await Harness.run { harness async throws in
      let body = #"{"parent_id":null,"external_id":"U12904"}"#
      let answer = try harness.call("PUT", "/api/connections/41", body)
      #expect(answer.json?["parent_id"] == .null)
      #expect(answer.json?["external_id"] == "U12904")
      let back = try harness.call("PUT", "/api/connections/41", #"{"parent_id":"39"}"#)
      #expect(back.json?["parent_id"] == 39)
    }
  }

  @Test(arguments: ["{}", #"{"colour":"blue"}"#])
  func emptyUpdateChangesNothing(body: String) async throws {
    try await Harness.run { harness async throws in
      let before = await harness.server.connections()
      let answer = try harness.call("PUT", "/api/connections/36", body)
      #expect(answer.json?["updated_at"] == "2015-05-26T22:53:52.532Z")
      expectEqual(await harness.server.connections(), before)
      expectEqual(await harness.server.counts().writes, 0)
    }
  }

  @Test(arguments: [
    (#"{"name":1}"#, #"{"name":["must be a string"]}"#),
    (#"{"name":null}"#, #"{"name":["must be a string"]}"#),
    (#"{"folder_id":true}"#, #"{"folder_id":["must be an ID or null"]}"#),
    (#"{"folder_id":"home"}"#, #"{"folder_id":["must be an ID or null"]}"#),
    (#"{"folder_id":1.5}"#, #"{"folder_id":["must be an ID or null"]}"#),
    (#"{"external_id":[]}"#, #"{"external_id":["must be a string, an integer or null"]}"#),
    (#"{"shell_connection":"no"}"#, #"{"shell_connection":["must be a boolean"]}"#),
    (#"{"input":[]}"#, #"{"input":["must be an object"]}"#),
    (
      #"{"oauth_token_pair":{"access_token":"a"}}"#,
      #"{"oauth_token_pair":["must be an object with the strings access_token and refresh_token"]}"#
    ),
    (
      #"{"provider":1,"name":2}"#,
      #"{"name":["must be a string"],"provider":["must be a string"]}"#
    ),
    (#"{"parent_id":36}"#, #"{"parent_id":["must be of the same provider"]}"#),
    (#"{"parent_id":999}"#, #"{"parent_id":["must be another connection"]}"#),
  ])
  func refusesWrongFields(body: String, errors: String) async throws {
    try await Harness.run { harness async throws in
      let before = await harness.server.connections()
      for (method, path) in [("POST", "/api/connections"), ("PUT", "/api/connections/39")] {
        let answer = try harness.call(method, path, body)
        #expect(answer.status == 422)
        #expect(answer.text == #"{"errors":\#(errors)}"#)
      }
      expectEqual(await harness.server.connections(), before)
    }
  }

  @Test func rejectsAnotherProviderAndItselfAsParent() async throws {
    try await Harness.run { harness async throws in
      let provider = try harness.call("PUT", "/api/connections/39", #"{"provider":"box"}"#)
      #expect(provider.text == #"{"errors":{"provider":["can't be changed"]}}"#)
      let parent = try harness.call("PUT", "/api/connections/39", #"{"parent_id":39}"#)
      #expect(parent.text == #"{"errors":{"parent_id":["must be another connection"]}}"#)
    }
  }

  @Test(arguments: ["{", "[]", "null", "1 2", "{\"name\":\"\u{7}\"}"])
  func refusesBodiesThatAreNotObjects(body: String) async throws {
    try await Harness.run { harness async throws in
      for (method, path) in [
        ("POST", "/api/connections"), ("PUT", "/api/connections/36"),
        ("POST", "/api/connections/36/disconnect"),
      ] {
        let answer = try harness.call(method, path, body)
        #expect(answer.status == 400)
        #expect(answer.text == #"{"message":"Bad request"}"#)
      }
    }
  }
}
