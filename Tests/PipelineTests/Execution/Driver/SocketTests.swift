import Simulator
import TestSupport
import Testing

/// The result of each fault at each endpoint, played by a server.
@Suite struct SocketTests {
  /// The calls that change something, in the order of the columns.
  private static let scripts: [(Endpoint, String)] = [
    (.create, #"create name = "n", provider = "jira""#),
    (.update, #"get 37 | update name = "n""#),
    (.update, #"get 37 | update input = { apitoken: "x" }"#),
    (.disconnect, "get 37 | disconnect"),
    (.delete, "get 37 | delete"),
  ]

  /// A fault, how often it plays, and for each call: the outcome, the number of calls that wrote,
  /// the number of lists, and the exit code.
  struct Cell: Sendable {
    let play: FaultBehavior
    let applies: Bool?
    let times: Int
    let expected: [String]

    init(_ play: FaultBehavior, applies: Bool? = nil, times: Int = 99, _ expected: String...) {
      self.play = play
      self.applies = applies
      self.times = times
      self.expected =
        expected.count == 1 ? Array(repeating: expected[0], count: 5) : expected
    }
  }

  private static let page = "<html></html>"

  /// Complete and well-formed answers.
  static let answers: [Cell] = [
    Cell(.slow(milliseconds: 20), "done 1 1 0"),
    Cell(.close, "done 1 1 0"),
    Cell(.status(400), "failed 1 1 1"),
    Cell(.status(405), "failed 1 1 1"),
    Cell(
      .status(409), "failed 1 3 1", "failed 1 1 1", "failed 1 1 1", "failed 1 1 1", "failed 1 1 1"),
    Cell(
      .status(409), applies: true, "done 1 3 0", "failed 1 1 1", "failed 1 1 1", "failed 1 1 1",
      "failed 1 1 1"),
    Cell(.status(410), "failed 1 1 1"),
    Cell(.status(413), "failed 1 1 1"),
    Cell(.status(414), "failed 1 1 1"),
    Cell(.status(415), "failed 1 1 1"),
    Cell(.status(422), "failed 1 1 1"),
    Cell(.status(431), "failed 1 1 1"),
    Cell(.status(501), "failed 1 1 1"),
    Cell(.status(401), "failed 1 1 3"),
    Cell(.status(403), "failed 1 1 3"),
    Cell(.status(404), "failed 1 1 1", "gone 1 1 1", "gone 1 1 1", "gone 1 1 1", "gone 1 1 1"),
    Cell(.refuse(status: 200), "rejected 1 1 1"),
    Cell(.refuse(status: 422), "rejected 1 1 1"),
    Cell(.refuse(status: 500), "rejected 1 1 1"),
    Cell(.rateLimit(), "skipped 9 1 7"),
    Cell(.rateLimit(retryAfter: "2"), "skipped 9 1 7"),
    Cell(.rateLimitUntil(seconds: 2), "skipped 9 1 7"),
    Cell(.rateLimit(), times: 8, "done 9 1 0"),
    Cell(.rateLimit(retryAfter: "Tue, 03 Feb 2026 04:05:16 GMT"), times: 8, "done 9 1 0"),
  ]

  /// Something other than the API answers. A create is searched for before the run ends.
  static let foreign: [Cell] = [
    Cell(
      .status(404, body: page), "failed 1 3 8", "unknown 1 1 9", "unknown 1 1 9", "unknown 1 1 9",
      "unknown 1 1 9"),
    Cell(
      .signInPage, "failed 1 3 8", "unknown 1 1 9", "unknown 1 1 9", "unknown 1 1 9",
      "unknown 1 1 9"),
    Cell(
      .signInPage, applies: true, "done 1 3 8", "unknown 1 1 9", "unknown 1 1 9", "unknown 1 1 9",
      "unknown 1 1 9"),
    Cell(
      .redirect(), "failed 1 3 8", "unknown 1 1 9", "unknown 1 1 9", "unknown 1 1 9",
      "unknown 1 1 9"),
    Cell(
      .status(200, body: #"{"id":36,"name":"n","provider":"jira"}"#), "failed 1 3 8",
      "unknown 1 1 9", "unknown 1 1 9", "unknown 4 1 9", "unknown 4 1 9"),
    // Only a create's answer contains an id.
    Cell(.wrongID, "done 1 1 0", "unknown 1 1 9", "unknown 1 1 9", "done 1 1 0", "done 1 1 0"),
  ]

  /// The write is in doubt and never applied, however often it is sent.
  static let lost: [Cell] = [
    .status(408), .status(500), .reset,
  ].map { play in
    Cell(play, "failed 2 5 1", "failed 4 6 1", "failed 2 4 1", "unknown 4 1 9", "unknown 4 1 9")
  }

  /// While the server is down, what can be sent again is sent again for two minutes.
  static let outage: [Cell] = [
    .status(502), .status(503), .status(504), .hang, .status(503, retryAfter: "10"),
  ].map { play in
    Cell(play, times: 8, "failed 2 5 1", "done 9 9 0", "failed 2 3 1", "done 9 1 0", "done 9 1 0")
  }

  /// The write is in doubt, and was applied.
  static let answerLost: [Cell] = [
    .reset, .truncate, .garbage, .oversize(), .status(500),
  ].map { play in
    Cell(
      play, applies: true, "done 1 3 0", "done 1 2 0", "done 1 2 0", "unknown 4 1 9",
      "unknown 4 1 9")
  }

  static let once: [Cell] = [
    Cell(
      .hang, applies: true, times: 8, "done 1 3 0", "done 1 2 0", "done 1 2 0", "done 9 1 0",
      "done 9 1 0"),
    Cell(.reset, times: 1, "done 2 3 0", "done 2 2 0", "done 2 2 0", "done 2 1 0", "done 2 1 0"),
    Cell(
      .reset, applies: true, times: 1, "done 1 3 0", "done 1 2 0", "done 1 2 0", "done 2 1 0",
      "done 2 1 0"),
    Cell(
      .truncate, times: 1, "done 1 3 0", "done 1 2 0", "done 1 2 0", "done 2 1 0", "done 2 1 0"),
    Cell(
      .status(503), times: 3, "failed 2 5 1", "done 4 4 0", "failed 2 3 1", "done 4 1 0",
      "done 4 1 0"),
  ]

  /// An empty success response is confirmed by a list if the write took effect.
  static let empty: [Cell] = [
    Cell(.empty, "done 1 3 0", "done 1 2 0", "done 1 2 0", "done 1 2 0", "done 1 2 0"),
    Cell(
      .status(204), applies: true, "done 1 3 0", "done 1 2 0", "done 1 2 0", "done 1 2 0",
      "done 1 2 0"),
    Cell(
      .empty, applies: false, "failed 2 5 1", "failed 4 6 1", "failed 2 4 1", "unknown 1 2 9",
      "unknown 1 2 9"),
  ]

  private static let table = answers + foreign + lost + outage + answerLost + once + empty

  /// The table only grows.
  @Test func tableIsAsLargeAsPromised() {
    let count = Self.table.count * Self.scripts.count
    print("faults × calls: \(count), each played over a socket")
    #expect(count >= 190)
  }

  @Test(arguments: table)
  func reactsAsTheTableSays(_ cell: Cell) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for (column, expected) in zip(Self.scripts, cell.expected) {
        group.addTask { try await Self.play(cell, at: column, expected) }
      }
      try await group.waitForAll()
    }
  }

  private static func play(
    _ cell: Cell, at column: (endpoint: Endpoint, script: String), _ expected: String
  ) async throws {
    let fault = SimulatorFault(
      on: column.endpoint, times: cell.times, play: cell.play, applies: cell.applies)
    let fixture = try await SocketFixture(
      [fault], timeout: .milliseconds(cell.play == .hang ? 800 : 60_000))
    expectEqual(try await fixture.run(column.script), expected, "\(cell.play) at \(column.script)")
    try await fixture.close()
  }

  /// The list that a run is planned on: the number of requests, and the exit code.
  @Test(arguments: [
    (FaultBehavior.status(400), " 0 1 8"), (.status(401), " 0 1 3"), (.status(403), " 0 1 3"),
    (.status(404), " 0 1 8"), (.status(404, body: page), " 0 1 8"), (.status(409), " 0 1 8"),
    (.status(413), " 0 1 8"), (.status(422), " 0 1 8"), (.refuse(status: 200), " 0 1 8"),
    (.refuse(status: 422), " 0 1 8"), (.rateLimit(), " 0 9 7"),
    (.rateLimit(retryAfter: "2"), " 0 9 7"), (.status(408), " 0 4 8"), (.status(500), " 0 4 8"),
    (.status(503), " 0 4 8"), (.reset, " 0 4 8"), (.truncate, " 0 4 8"), (.garbage, " 0 1 8"),
    (.empty, " 0 1 8"), (.signInPage, " 0 1 3"), (.redirect(), " 0 1 8"),
    (.oversize(), "done 1 1 0"), (.slow(milliseconds: 20), "done 1 1 0"), (.close, "done 1 1 0"),
  ])
  func retriesTheListOfAPlan(_ play: FaultBehavior, _ expected: String) async throws {
    let fixture = try await SocketFixture([SimulatorFault(on: .list, times: 99, play: play)])
    expectEqual(try await fixture.run("get 37 | disconnect"), expected)
    try await fixture.close()
  }

  /// The list that shows whether a call was applied.
  @Test(arguments: [
    (FaultBehavior.status(500), "unknown 1 5 9"), (.reset, "unknown 1 5 9"),
    (.status(401), "unknown 1 2 9"), (.signInPage, "unknown 1 2 9"),
    (.rateLimit(), "unknown 1 10 9"),
  ])
  func retriesTheReconcilingList(_ play: FaultBehavior, _ expected: String) async throws {
    for (endpoint, script) in Self.scripts[..<3] {
      let fixture = try await SocketFixture([
        SimulatorFault(on: endpoint, times: 99, play: .reset),
        SimulatorFault(on: .list, nth: 2, times: 99, play: play),
      ])
      expectEqual(try await fixture.run(script), expected, "\(script)")
      try await fixture.close()
    }
  }

  @Test func stopsIfPermissionsEndMidway() async throws {
    let fixture = try await SocketFixture([
      SimulatorFault(on: .disconnect, nth: 2, times: 3, play: .status(403))
    ])
    let outcome = try await fixture.run("get 37, 1302, 1309, 1311, 1312 | disconnect")
    #expect(outcome == "done failed failed failed skipped 4 1 3")
    try await fixture.close()
  }

  /// The server is not there, or speaks no TLS: no byte of a call has reached it.
  @Test(arguments: [false, true])
  func reportsWritesThatCannotBeSent(_ speaksTLS: Bool) async throws {
    let plain = try await SimulatedServer.start()
    let url = try speaksTLS ? plain.url.replacing("http:", with: "https:") : UnheardPort.url
    let fixture = try await SocketFixture([], writesTo: url)
    for script in ["get 36, 37 | delete", #"get 36, 37 | update name = "n""#] {
      let outcome = try await fixture.run(script)
      #expect(outcome.hasPrefix("failed skipped 0 "))
    }
    expectEqual(try await fixture.run("get 37 | disconnect"), "failed 0 3 8")
    expectEqual(await plain.requests(), [])
    try await fixture.close()
    try await plain.stop()
  }

  /// A rate-limited call waits as long as the server asks, within limits.
  @Test(arguments: [
    (FaultBehavior.rateLimit(retryAfter: "30"), 30.0...32), (.rateLimitUntil(seconds: 30), 30...32),
    (.rateLimitUntil(seconds: -30), 0.9...2), (.status(503, retryAfter: "30"), 30...32),
    (.rateLimit(retryAfter: "900"), 900...902),
    (.rateLimit(retryAfter: "soon"), 0.5...4), (.rateLimit(retryAfter: "-1"), 0.5...4),
  ])
  func waitsAsLongAsTheServerAsks(_ play: FaultBehavior, _ seconds: ClosedRange<Double>)
    async throws
  {
    let fixture = try await SocketFixture([SimulatorFault(on: .disconnect, play: play)])
    expectEqual(try await fixture.run("get 37 | disconnect"), "done 2 1 0")
    #expect(seconds.contains(fixture.clock.uptime()), "\(fixture.clock.uptime())")
    try await fixture.close()
  }

  /// A stage after a create acts only on new connections.
  @Test func doesNotActOnAnOldConnectionAfterACreate() async throws {
    let body = #"{"id":36,"name":"n","provider":"jira"}"#
    let fixture = try await SocketFixture([
      SimulatorFault(on: .create, play: .status(200, body: body))
    ])
    expectEqual(
      try await fixture.run(#"create name = "n", provider = "jira" | delete"#), "skipped 1 3 8")
    #expect(await fixture.server.connection(36) != nil)
    try await fixture.close()
  }

  /// A create in doubt is searched for only once the server must have given up on it.
  @Test func searchesForACreateInDoubtAfterAMinute() async throws {
    let fixture = try await SocketFixture([SimulatorFault(on: .create, play: .reset)])
    expectEqual(try await fixture.run(Self.scripts[0].1), "done 2 3 0")
    #expect((90...93).contains(fixture.clock.uptime()), "\(fixture.clock.uptime())")
    try await fixture.close()
  }
}
