import Simulator

/// A small workspace behind a server, without limits unless a test asks for them.
///
/// | id | application | what it is |
/// |---|---|---|
/// | 36 | salesforce | connected, owned by U12904, tagged |
/// | 37 | google_sheets | the page's second sample: owner and tags are null |
/// | 38 | jira | used by two active recipes |
/// | 39 | jira | a shell; external id 12904, no tags |
/// | 40 | amazon_s3 | audit log streaming |
/// | 41 | jira | a child of 38, updated with an offset |
/// | 42 | slack | a runtime user's |
struct Harness {
  let server: SimulatedServer
  let client: TestClient
  let time: ManualClock

  /// Starts a server, runs `body`, and stops the server whatever happens.
  static func run<Result>(
    faults: [SimulatorFault] = [], tags: [SimulatedTag] = [],
    options configure: (inout SimulatorOptions) -> Void = { _ in },
    _ body: (Harness) async throws -> Result
  ) async throws -> Result {
    let time = ManualClock()
    var options = SimulatorOptions()
    options.limits = .off
    options.clock = time.clock
    configure(&options)
    let server = try await SimulatedServer.start(
      options: options, content: content(tags), faults: faults)
    do {
      let harness = Harness(server: server, client: try TestClient(server), time: time)
      let result = try await body(harness)
      try await server.stop()
      return result
    } catch {
      try await server.stop()
      throw error
    }
  }

  @discardableResult
  func call(_ method: String, _ path: String, _ body: String? = nil) throws -> TestAnswer {
    try client.call(method, path, body)
  }

  private static func content(_ tags: [SimulatedTag]) throws -> WorkspaceContent {
    let file = try WorkspaceFile.parse(Array(json.utf8), path: "harness.json")
    return WorkspaceContent(connections: file.connections, tags: tags)
  }

  private static let json = """
    [{"application":"salesforce","id":36,"name":"ACME Production Salesforce connection",
      "description":null,"authorized_at":"2015-05-26T22:53:52.528Z",
      "authorization_status":"success","authorization_error":null,
      "created_at":"2015-05-26T22:53:52.532Z","updated_at":"2015-05-26T22:53:52.532Z",
      "external_id":"U12904","folder_id":4515,"connection_lost_at":null,
      "connection_lost_reason":null,"parent_id":null,"tags":["tag-ANgeffPL-3gxQwA"]},
     {"application":"google_sheets","id":37,"name":"ACME google sheet account",
      "description":null,"authorized_at":"2015-05-26T22:53:52.528Z",
      "authorization_status":"success","authorization_error":null,
      "created_at":"2015-05-26T22:53:52.532Z","updated_at":"2015-05-26T22:53:52.532Z",
      "external_id":null,"folder_id":4515,"connection_lost_at":null,
      "connection_lost_reason":null,"parent_id":null,"tags":null},
     {"application":"jira","id":38,"name":"Prod JIRA connection","folder_id":1892,
      "authorized_at":"2023-01-26T22:53:52.528Z","authorization_status":"success",
      "updated_at":"2023-01-26T22:53:52.000Z","project_id":118,
      "simulator":{"active_recipes":2}},
     {"application":"jira","id":39,"name":"Test JIRA connection","folder_id":1892,
      "authorized_at":null,"authorization_status":null,"external_id":12904,
      "updated_at":"2023-01-26T22:53:52.532Z","tags":[]},
     {"application":"amazon_s3","id":40,"name":"ACME audit log archive","folder_id":28940,
      "authorized_at":"2023-01-26T22:53:52.528Z","authorization_status":"success",
      "updated_at":"2023-01-26T22:53:53Z","simulator":{"audit_streaming":true}},
     {"application":"jira","id":41,"name":"jira_connection","folder_id":28940,"parent_id":38,
      "authorized_at":"2023-01-26T14:53:52.528-08:00","authorization_status":"success",
      "updated_at":"2023-01-26T20:53:52.532-08:00","custom":{"b":1,"a":[true,1.5]}},
     {"application":"slack","id":42,"name":"ACME Slack","folder_id":4515,
      "authorized_at":"2023-01-26T22:53:52.528Z","authorization_status":"success",
      "updated_at":"2023-01-26T22:53:52.532Z","simulator":{"runtime":true}}]
    """
}
