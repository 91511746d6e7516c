import API
import AsyncHTTPClient
import ConnectionsClient
import JSON
import Simulator
import TestSupport
import Testing

/// The client over real sockets against the simulated workspace.
@Suite struct ServerTests {
  private struct Setup {
    let server: SimulatedServer
    let client: HTTPClient
    let transport: HTTPTransport
    let reader: ServerReader
    let writer: ServerWriter

    func close() async throws {
      try await client.shutdown()
      try await server.stop()
    }
  }

  /// `url` is where the calls go, in the place of the server.
  private func setUp(
    faults: [SimulatorFault] = [], token: String? = nil, at url: String? = nil,
    _ configure: (inout SimulatorOptions) -> Void = { _ in }
  ) async throws -> Setup {
    var options = SimulatorOptions()
    options.limits = .off
    configure(&options)
    let server = try await SimulatedServer.start(options: options, faults: faults)
    let client = HTTPTransport.makeClient()
    let transport = HTTPTransport(
      client: client, server: try ServerAddress(url ?? server.url),
      token: try APIToken(token ?? server.token))
    let clock = ManualClock()
    return Setup(
      server: server, client: client, transport: transport,
      reader: ServerReader(
        transport: transport, server: try ServerAddress(server.url),
        pacer: SharedRateLimiter(clock: clock, store: MemoryCallLogStore()), clock: clock),
      writer: ServerWriter(transport: transport))
  }

  @Test func sendsWhatItPrints() async throws {
    let setup = try await setUp()
    var query = ListQuery()
    query.includesTags = true
    query.externalID = "a b"
    query.updatedAfter = "2026-01-31T10:00:00Z"
    _ = try await setup.reader.list(query)
    let request = try #require(await setup.server.requests().first)
    #expect(request.uri == Request.list(query).target)
    for header in Request.list(query).headers {
      #expect(request.header(header.name) == header.value)
    }
    #expect(request.header("Authorization") == "Bearer \(setup.server.token)")
    try await setup.close()
  }

  @Test(arguments: [false, true])
  func callsEveryEndpoint(_ wrapsList: Bool) async throws {
    let setup = try await setUp { $0.wrapsList = wrapsList }
    let before = try await setup.reader.list(ListQuery())
    let create = WriteCall.create([
      RequestBody.Member("name", .json(.string("n"))),
      RequestBody.Member("provider", .json(.string("jira"))),
    ])
    guard case .applied(_, let answer?, _) = await setup.writer.perform(create),
      let id = answer["id"]?.int
    else {
      Issue.record("the create was not applied")
      return
    }
    let calls: [WriteCall] = [
      .update(id: id, [RequestBody.Member("folder_id", .json(.int(28940)))]),
      .disconnect(id: id, force: false), .delete(id: id),
    ]
    for call in calls {
      guard case .applied = await setup.writer.perform(call) else {
        Issue.record("not applied: \(call)")
        continue
      }
    }
    expectEqual(try await setup.reader.list(ListQuery()), before)
    let bodies = await setup.server.requests().map(\.text)
    #expect(bodies.contains(#"{"folder_id":28940}"#))
    try await setup.close()
  }

  @Test(arguments: [200, 422])
  func reportsRefusals(_ status: Int) async throws {
    let setup = try await setUp { $0.refusalStatus = status }
    let attempt = await setup.writer.perform(.delete(id: 1204))
    guard case .rejected(let rejection) = attempt else {
      Issue.record("not rejected: \(attempt)")
      return
    }
    #expect(rejection.kind == .refused)
    #expect(rejection.message == "You can't delete a connection used by active recipes")
    try await setup.close()
  }

  @Test func secretReachesOnlyTheRequest() async throws {
    let setup = try await setUp()
    let reference = try #require(SecretReference("env:JIRA_TOKEN"))
    let writer = ServerWriter(
      transport: setup.transport.with(Secrets([reference: "hunter2"])))
    let input = RequestBody.object([RequestBody.Member("apitoken", .secret(reference))])
    let call = WriteCall.update(id: 36, [RequestBody.Member("input", input)])
    guard case .applied = await writer.perform(call) else {
      Issue.record("not applied")
      return
    }
    expectEqual(await setup.server.requests().last?.text, #"{"input":{"apitoken":"hunter2"}}"#)
    #expect(!"\(call) \(call.request)".contains("hunter2"))
    try await setup.close()
  }

  @Test(arguments: [
    (FaultBehavior.reset, true), (.close, false), (.truncate, true), (.garbage, true),
    (.signInPage, true),
    (.empty, false), (.wrongID, false), (.status(500, body: nil), true),
    (.status(503, body: nil), true),
    (.redirect(status: 302, location: "https://elsewhere.example/x"), true),
    (.oversize(bytes: 2 << 20), true),
  ])
  func classifiesFaultsOfADelete(_ play: FaultBehavior, _ isUnknown: Bool) async throws {
    let setup = try await setUp(faults: [SimulatorFault(on: .delete, play: play)])
    let attempt = await setup.writer.perform(.delete(id: 37))
    let found = if case .unknown = attempt { true } else { false }
    #expect(found == isUnknown, "\(attempt)")
    try await setup.close()
  }

  /// A list that fails by accident is asked again, a limit is waited out.
  @Test(arguments: [
    (FaultBehavior.reset, 3), (.status(500, body: nil), 3), (.truncate, 3),
    (.rateLimit(retryAfter: "3"), 8), (.rateLimit(retryAfter: nil), 8),
  ])
  func retriesLists(_ play: FaultBehavior, _ retries: Int) async throws {
    let setup = try await setUp(faults: [SimulatorFault(on: .list, times: retries, play: play)])
    expectEqual(try await setup.reader.list(ListQuery()).connections.count, 58)
    try await setup.close()
    let worse = try await setUp(faults: [SimulatorFault(on: .list, times: retries + 1, play: play)])
    await #expect(throws: ClientError.self) { _ = try await worse.reader.list(ListQuery()) }
    expectEqual(await worse.server.requests().count, retries + 1)
    try await worse.close()
  }

  @Test(arguments: [
    FaultBehavior.garbage, .empty, .status(200, body: "[0]"), .status(206, body: "[]"),
  ])
  func doesNotAskAgainForAMalformedList(_ play: FaultBehavior) async throws {
    let setup = try await setUp(faults: [SimulatorFault(on: .list, times: 9, play: play)])
    await #expect(throws: ClientError.self) { _ = try await setup.reader.list(ListQuery()) }
    expectEqual(await setup.server.requests().count, 1)
    try await setup.close()
  }

  /// What did not reach the server is asked for five times more, what may have, three times. A malformed
  /// answer is not asked for again.
  @Test(arguments: [
    (TransportFailure.notSent("x"), 6), (.interrupted("x"), 4), (.timedOut("x"), 4),
    (.unreadable("x"), 1),
  ])
  func limitsRetriesOfLists(_ failure: TransportFailure, _ tries: Int) async throws {
    let transport = BrokenTransport(failure: failure)
    let clock = ManualClock()
    let reader = ServerReader(
      transport: transport, server: .standard,
      pacer: SharedRateLimiter(clock: clock, store: MemoryCallLogStore()), clock: clock)
    await #expect(throws: ClientError.self) { _ = try await reader.list(ListQuery()) }
    expectEqual(await transport.count.tries, tries)
  }

  @Test func reportsAWrongToken() async throws {
    let setup = try await setUp(token: "wrk-other")
    await #expect(throws: ClientError.unauthorized("Unauthorized")) {
      _ = try await setup.reader.list(ListQuery())
    }
    try await setup.close()
  }

  @Test func reportsAServerThatIsDown() async throws {
    let setup = try await setUp(at: UnheardPort.url)
    guard case .notSent = await setup.writer.perform(.delete(id: 37)) else {
      Issue.record("a refused connection is a call that was not sent")
      return
    }
    await #expect(throws: ClientError.self) { _ = try await setup.reader.list(ListQuery()) }
    expectEqual(await setup.server.requests(), [])
    try await setup.close()
  }

  @Test func readOnlyTransportSendsOnlyGETs() async throws {
    let setup = try await setUp()
    let transport = ReadOnlyTransport(setup.transport)
    _ = try await transport.send(.list(ListQuery()))
    for call in ClassificationTests.all {
      await #expect(throws: TransportFailure.self) { _ = try await transport.send(call.request) }
    }
    expectEqual(await setup.server.requests().map(\.method), ["GET"])
    try await setup.close()
  }
}
