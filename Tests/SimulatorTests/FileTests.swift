import FoundationEssentials
import Simulator
import TestSupport
import Testing

/// Files of connections and of faults, and what is said where they are wrong.
struct FileTests {
  private func connections(_ text: String) -> Result<[SimulatedConnection], DataFileError> {
    Result { () throws(DataFileError) in
      try WorkspaceFile.parse(Array(text.utf8), path: "workspace.json").connections
    }
  }

  private func faults(_ text: String) -> Result<[SimulatorFault], DataFileError> {
    Result { () throws(DataFileError) in
      try FaultsFile.parse(Array(text.utf8), path: "faults.json")
    }
  }

  @Test(arguments: [
    """
    [{"id":7,"name":"x",
      "simulator":{"active_recipes":2,"audit_streaming":true,"runtime":true}}]
    """,
    """
    {"result": [{"id":7,"name":"x",
      "simulator":{"active_recipes":2,"audit_streaming":true,"runtime":true}}]}
    """,
  ])
  func readsConnections(text: String) throws {
    var facts = SimulatorFacts()
    facts.activeRecipes = 2
    facts.auditStreaming = true
    facts.runtime = true
    let expected = SimulatedConnection(id: 7, fields: ["name": "x"], facts: facts)
    expectEqual(try connections(text).get(), [expected])
  }

  /// What the sample workspace leaves out, since the API's page doesn't allow it, and a server may
  /// send anyway.
  @Test func listsUnusualMembersUnchanged() async throws {
    let odd = Golden.root.appending(path: "Tests/SimulatorTests/Workspaces/oddities.json")
    let server = try await SimulatedServer.start(content: try WorkspaceFile.load(odd.path))
    let listed =
      try TestClient(server).call("GET", "/api/connections?includes%5B%5D=tags").json?.array ?? []
    let sent = try #require(JSONValue(parsing: Array(Data(contentsOf: odd)))?.array)
    #expect(listed.count == 10)
    for (listed, sent) in zip(listed, sent) {
      for (name, value) in sent.object ?? [:] { #expect(listed.object?[name] == value, "\(name)") }
    }
    try await server.stop()
  }

  @Test func readsConnectionsAndTags() throws {
    let text = """
      {"connections":[{"id":7,"name":"x","tags":["tag-c"]}],
       "tags":[{"handle":"tag-a","title":"Accounting","description":null,"assignment_count":2},
        {"handle":"tag-b","title":"accounting","color":"teal"},{"handle":"tag-d"}]}
      """
    let content = try WorkspaceFile.parse(Array(text.utf8), path: "workspace.json")
    #expect(content.connections.map(\.tags) == [["tag-c"]])
    #expect(
      content.tags == [
        SimulatedTag(handle: "tag-a", title: "Accounting"),
        SimulatedTag(handle: "tag-b", title: "accounting", color: "teal"),
        SimulatedTag(handle: "tag-d", title: "tag-d"),
      ])
  }

  @Test(arguments: [
    ("", "is empty"), (" \n", "is empty"), ("[{]", "is not valid JSON"),
    ("{}", "must contain a JSON array, not an object"),
    (#"{"tags":[]}"#, "must contain a JSON array, not an object"),
    (#"{"connections":[],"tags":{}}"#, "must contain a JSON array, not an object"),
    (#"{"connections":[],"tags":[7]}"#, "tag 1: must be an object, not a number"),
    (#"{"connections":[],"tags":[{"title":"x"}]}"#, #"tag 1: has no "handle""#),
    (
      #"{"connections":[],"tags":[{"handle":"x"},{"handle":"x"}]}"#,
      #"tag 2: duplicate handle "x""#
    ),
    (
      #"{"connections":[],"tags":[{"handle":"x","title":7}]}"#,
      #"tag 1: "title" must be a string, not a number"#
    ),
    (#"{"result":1}"#, "must contain a JSON array, not a number"),
    ("[1]", "entry 1: must be an object, not a number"),
    (#"[{"id":1},{"name":"x"}]"#, #"entry 2: has no "id""#),
    (#"[{"id":"1"}]"#, #"entry 1: "id" must be an integer, not a string"#),
    (#"[{"id":1},{"id":2},{"id":1}]"#, "entry 3: duplicate id 1"),
    (#"[{"id":1,"simulator":[]}]"#, #"entry 1: "simulator" must be an object, not an array"#),
    (
      #"[{"id":1,"simulator":{"recipes":1}}]"#,
      #"entry 1: unknown key "recipes"; known keys: active_recipes, audit_streaming, runtime"#
    ),
    (
      #"[{"id":1,"simulator":{"runtime":1}}]"#,
      #"entry 1: "runtime" must be a boolean, not a number"#
    ),
    (
      #"[{"id":1,"simulator":{"active_recipes":-1}}]"#,
      #"entry 1: "active_recipes" must be from 0 to 1000000, not -1"#
    ),
  ])
  func reportsInvalidConnections(text: String, problem: String) {
    guard case .failure(let error) = connections(text) else {
      Issue.record("was read: \(text)")
      return
    }
    #expect(error.description == "workspace.json: \(problem)")
  }

  @Test func reportsAMissingFile() {
    let error = #expect(throws: DataFileError.self) { try WorkspaceFile.load("/nowhere/w.json") }
    #expect(error?.description == "/nowhere/w.json: file not found")
    let other = #expect(throws: DataFileError.self) { try FaultsFile.load("/tmp") }
    #expect(other?.description == "/tmp: is a directory")
  }

  @Test func loadsFromTheDisk() throws {
    let path = FileManager.default.temporaryDirectory.appending(
      path: "simulator-\(UUID().uuidString).json")
    defer { try? FileManager.default.removeItem(at: path) }
    try Data(#"[{"id":7}]"#.utf8).write(to: path)
    expectEqual(try WorkspaceFile.load(path.path).connections.map(\.id), [7])
  }

  @Test(arguments: [
    (#"{"play":"status","status":500,"body":"x"}"#, FaultBehavior.status(500, body: "x")),
    (#"{"play":"status","status":503,"retry_after":3}"#, .status(503, retryAfter: "3")),
    (#"{"play":"status","status":204}"#, .status(204)), (#"{"play":"reset"}"#, .reset),
    (#"{"play":"close"}"#, .close), (#"{"play":"truncate"}"#, .truncate),
    (#"{"play":"garbage"}"#, .garbage), (#"{"play":"sign-in-page"}"#, .signInPage),
    (#"{"play":"hang"}"#, .hang), (#"{"play":"pages","size":10}"#, .pages(size: 10)),
    (#"{"play":"pages","size":10,"next":"elsewhere"}"#, .pages(size: 10, next: .elsewhere)),
    (#"{"play":"slow","milliseconds":250}"#, .slow(milliseconds: 250)),
    (#"{"play":"redirect"}"#, .redirect(status: 302, location: FaultBehavior.elsewhere)),
    (#"{"play":"redirect","status":301,"location":"/x"}"#, .redirect(status: 301, location: "/x")),
    (#"{"play":"drip"}"#, .drip),
    (#"{"play":"wrong-id"}"#, .wrongID), (#"{"play":"oversize"}"#, .oversize(bytes: 2 << 20)),
    (#"{"play":"oversize","bytes":9}"#, .oversize(bytes: 9)),
    (#"{"play":"refuse"}"#, .refuse(status: nil)),
    (#"{"play":"refuse","status":400}"#, .refuse(status: 400)),
    (#"{"play":"rate-limit"}"#, .rateLimit(retryAfter: nil)),
    (#"{"play":"rate-limit","retry_after":3}"#, .rateLimit(retryAfter: "3")),
    (#"{"play":"rate-limit","retry_after":"soon"}"#, .rateLimit(retryAfter: "soon")),
    (#"{"play":"rate-limit","retry_after_date":3}"#, .rateLimitUntil(seconds: 3)),
    (#"{"play":"empty"}"#, .empty),
  ])
  func readsEachFault(text: String, play: FaultBehavior) throws {
    expectEqual(try faults("[\(text)]").get(), [SimulatorFault(play: play)])
  }

  @Test func readsWhichCallsAFaultMatches() throws {
    let text = """
      [{"on":"any","play":"hang"},
       {"on":"update","id":36,"nth":2,"times":3,"play":"reset","applies":true}]
      """
    let expected = [
      SimulatorFault(play: .hang),
      SimulatorFault(on: .update, id: 36, nth: 2, times: 3, play: .reset, applies: true),
    ]
    expectEqual(try faults(text).get(), expected)
  }

  @Test(arguments: [
    ("", "is empty"), ("{}", "must contain a JSON array, not an object"),
    (#"["hang"]"#, "entry 1: must be an object, not a string"),
    (#"[{"on":"list"}]"#, #"entry 1: has no "play""#),
    (#"[{"play":1}]"#, #"entry 1: "play" must be a string, not a number"#),
    (
      #"[{"play":"hang"},{"play":"sleep"}]"#,
      """
      entry 2: unknown fault "sleep"; known faults: status, reset, close, truncate, garbage, \
      sign-in-page, hang, slow, drip, redirect, wrong-id, oversize, refuse, rate-limit, empty, \
      pages
      """
    ),
    (
      #"[{"play":"hang","status":500}]"#,
      #"entry 1: unknown key "status"; known keys: on, id, nth, times, play, applies"#
    ),
    (
      #"[{"on":"read","play":"hang"}]"#,
      """
      entry 1: unknown endpoint "read"; known endpoints: list, create, update, disconnect, delete, tags, tag, any
      """
    ),
    (#"[{"play":"hang","id":"36"}]"#, #"entry 1: "id" must be an integer, not a string"#),
    (#"[{"play":"hang","nth":0}]"#, #"entry 1: "nth" must be from 1 to 1000000000, not 0"#),
    (#"[{"play":"hang","times":1.5}]"#, #"entry 1: "times" must be an integer, not a number"#),
    (#"[{"play":"hang","applies":1}]"#, #"entry 1: "applies" must be a boolean, not a number"#),
    (#"[{"play":"status"}]"#, #"entry 1: has no "status""#),
    (#"[{"play":"slow"}]"#, #"entry 1: has no "milliseconds""#),
    (
      #"[{"play":"status","status":99}]"#, #"entry 1: "status" must be from 200 to 599, not 99"#
    ),
    (
      #"[{"play":"rate-limit","retry_after":true}]"#,
      #"entry 1: "retry_after" must be a string, not a boolean"#
    ),
  ])
  func reportsInvalidFaults(text: String, problem: String) {
    guard case .failure(let error) = faults(text) else {
      Issue.record("was read: \(text)")
      return
    }
    #expect(error.description == "faults.json: \(problem)")
  }
}
