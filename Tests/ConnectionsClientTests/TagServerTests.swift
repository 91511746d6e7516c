import API
import AsyncHTTPClient
import ConnectionsClient
import Simulator
import TestSupport
import Testing

/// The calls for tags over real sockets against the simulated workspace.
@Suite struct TagServerTests {
  private struct Setup {
    let server: SimulatedServer
    let client: HTTPClient
    let store: MemoryCallLogStore
    let reader: ServerTagReader
    let writer: ServerWriter

    func tags() async throws -> [API.Tag] {
      var patience = SilentRetryPolicy()
      return try await reader.tags(&patience)
    }

    func tags(of id: Int64) async -> [String]? { await server.connection(id)?.tags }
  }

  /// Starts a server, runs `body`, and stops the server whatever happens.
  private func run(
    faults: [SimulatorFault] = [], content: WorkspaceContent = SampleWorkspace.content,
    _ configure: (inout SimulatorOptions) -> Void = { _ in },
    _ body: (Setup) async throws -> Void
  ) async throws {
    var options = SimulatorOptions()
    options.limits = .off
    configure(&options)
    let server = try await SimulatedServer.start(options: options, content: content, faults: faults)
    let client = HTTPTransport.makeClient()
    let transport = HTTPTransport(
      client: client, server: try ServerAddress(server.url), token: try APIToken(server.token))
    let clock = ManualClock()
    let store = MemoryCallLogStore()
    let pacer = SharedRateLimiter(clock: clock, store: store)
    let setup = Setup(
      server: server, client: client, store: store,
      reader: ServerTagReader(transport: transport, pacer: pacer, clock: clock),
      writer: ServerWriter(transport: transport))
    let result: Result<Void, any Error>
    do { result = .success(try await body(setup)) } catch { result = .failure(error) }
    try await client.shutdown()
    try await server.stop()
    try result.get()
  }

  private static func many(_ count: Int) -> WorkspaceContent {
    WorkspaceContent(
      connections: [], tags: (1...count).map { SimulatedTag(handle: "tag-\($0)", title: "T\($0)") })
  }

  private static let empty = CallResult.applied(status: 200, nil, hasEmptyBody: true)

  // MARK: Reading

  @Test(arguments: [(1, 1), (99, 1), (100, 2), (205, 3)])
  func readsPagesUntilOneIsShort(_ count: Int, _ pages: Int) async throws {
    try await run(content: Self.many(count)) { setup in
      let tags = try await setup.tags()
      #expect(tags.map(\.title) == (1...count).map { "T\($0)" })
      let calls = await setup.server.requests().map { "\($0.method) \($0.uri)" }
      #expect(calls == (1...pages).map { "GET /api/tags?page=\($0)&per_page=100" })
    }
  }

  @Test func readsTheTagsOfTheSampleWorkspace() async throws {
    try await run { setup in
      let expected = API.Tag(handle: "tag-ANgdXgTF-bANz3H", title: "Accounting")
      expectEqual(try await setup.tags().first, expected)
    }
  }

  /// The page is full, whatever page is asked for.
  @Test func doesNotReadTheSamePageForEver() async throws {
    let transport = RepeatedPage()
    let clock = ManualClock()
    let reader = ServerTagReader(
      transport: transport, pacer: SharedRateLimiter(clock: clock, store: MemoryCallLogStore()),
      clock: clock)
    var patience = SilentRetryPolicy()
    await #expect(throws: ClientError.unreadable("page 2 of the tags has only known tags")) {
      _ = try await reader.tags(&patience)
    }
  }

  /// As lists are: what fails by accident is asked again, a limit is waited out.
  @Test(arguments: [
    (FaultBehavior.reset, 3), (.status(500), 3), (.truncate, 3), (.rateLimit(retryAfter: "3"), 8),
  ])
  func retriesPages(_ play: FaultBehavior, _ retries: Int) async throws {
    try await run(faults: [SimulatorFault(on: .tags, times: retries, play: play)]) { setup in
      expectEqual(try await setup.tags().count, 6)
    }
    try await run(faults: [SimulatorFault(on: .tags, times: retries + 1, play: play)]) { setup in
      await #expect(throws: ClientError.self) { _ = try await setup.tags() }
      expectEqual(await setup.server.requests().count, retries + 1)
    }
  }

  @Test(arguments: [
    (FaultBehavior.status(401), ClientError.unprivileged(.tags, "Unauthorized")),
    (.status(403), .unprivileged(.tags, "Forbidden")),
    (.signInPage, .unprivileged(.tags, "the server answers with a web page")),
    (.status(404), .missing(.tags)),
    (.empty, .unreadable("unexpected end: a value is missing at byte 0")),
  ])
  func reportsAMissingPrivilege(_ play: FaultBehavior, _ expected: ClientError) async throws {
    try await run(faults: [SimulatorFault(on: .tags, times: 99, play: play)]) { setup in
      await #expect(throws: expected) { _ = try await setup.tags() }
    }
  }

  @Test func pagesCountOnTheirOwnBudget() async throws {
    try await run(content: Self.many(205)) { setup in
      _ = try await setup.tags()
      let log = setup.store.update { $0 }
      #expect(log.related.count == 3 && log.lists.isEmpty && log.others.isEmpty)
      #expect(log.related.allSatisfy { $0.answered != nil })
    }
  }

  // MARK: Writing

  @Test func setsAndRemovesTags() async throws {
    try await run { setup in
      let steps: [(WriteCall, [String])] = [
        (
          .assignTags(add: ["tag-eu", "tag-prod"], connections: [36, 37]), ["tag-eu", "tag-prod"]
        ),
        (.assignTags(add: ["tag-eu"], connections: [36, 37]), ["tag-eu", "tag-prod"]),
        (.assignTags(remove: ["tag-eu"], connections: [36, 37]), ["tag-prod"]),
        (
          .assignTags(add: ["tag-legacy"], remove: ["tag-prod"], connections: [36, 37]),
          ["tag-legacy"]
        ),
      ]
      for (call, tags) in steps {
        expectEqual(await setup.writer.perform(call), Self.empty)
        expectEqual(await setup.tags(of: 36), ["tag-ANgeffPL-3gxQwA"] + tags)
        expectEqual(await setup.tags(of: 37), tags)
      }
      expectEqual(await setup.server.counts().writes, 3)
    }
  }

  @Test func oneCallTagsOneHundredConnections() async throws {
    try await run { setup in
      let ids = await setup.server.connections().prefix(50).map(\.id)
      let all = ids + (1...50).map { 90_000 + $0 }
      let call = WriteCall.assignTags(add: ["tag-eu"], connections: all)
      expectEqual(await setup.writer.perform(call), Self.empty)
      let tagged = await setup.server.connections().filter { $0.tags.contains("tag-eu") }
      #expect(Set(tagged.map(\.id)).isSuperset(of: ids))
    }
  }

  @Test func callOverTheLimitIsRefused() async throws {
    try await run({ $0.limits.tags = RateLimit(count: 3, per: .seconds(600)) }) { setup in
      let call = WriteCall.assignTags(add: ["tag-eu"], connections: [37])
      var results: [ResponseClass] = []
      for _ in 1...4 { results.append(ResponseClass(await setup.writer.perform(call))) }
      #expect(results == [.applied, .applied, .applied, .limited])
    }
  }

  private static let unknown: [WriteCall] = [
    .assignTags(add: ["tag-nowhere"], connections: [36]),
    .assignTags(add: ["tag-eu"], connections: [35]),
  ]

  /// A success proves nothing.
  @Test(arguments: unknown) func unknownTargetsMayBeIgnored(_ call: WriteCall) async throws {
    try await run { setup in
      expectEqual(await setup.writer.perform(call), Self.empty)
      expectEqual(await setup.server.counts().writes, 0)
    }
  }

  @Test(arguments: unknown) func unknownTargetsMayBeRefused(_ call: WriteCall) async throws {
    try await run({ $0.refusesUnknownTagging = true }) { setup in
      let rejection = Rejection(kind: .notFound, status: 404, message: "Not found")
      expectEqual(await setup.writer.perform(call), .rejected(rejection))
    }
  }

  /// Each fault, the class of the answer, and whether the connection has the tag.
  @Test(arguments: [
    (FaultBehavior.reset, true, ResponseClass.unknown, true), (.reset, false, .unknown, false),
    (.truncate, true, .unknown, true), (.garbage, true, .unknown, true),
    (.status(500), true, .unknown, true), (.status(503), false, .unknown, false),
    (.close, true, .applied, true), (.slow(milliseconds: 20), true, .applied, true),
    (.empty, false, .applied, false), (.wrongID, true, .applied, true),
    (.signInPage, false, .foreign, false), (.redirect(), false, .foreign, false),
    (.oversize(), true, .unknown, true), (.status(401), false, .unauthorized, false),
    (.status(403), false, .forbidden, false), (.refuse(), false, .refused, false),
    (.rateLimit(), false, .limited, false),
  ])
  func classifiesFaultsOfAnAssignment(
    _ play: FaultBehavior, _ applies: Bool, _ expected: ResponseClass, _ isTagged: Bool
  ) async throws {
    try await run(faults: [SimulatorFault(on: .tag, play: play, applies: applies)]) { setup in
      let call = WriteCall.assignTags(add: ["tag-eu"], connections: [37])
      let result = await setup.writer.perform(call)
      #expect(ResponseClass(result) == expected, "\(result)")
      expectEqual(await setup.tags(of: 37), isTagged ? ["tag-eu"] : [])
    }
  }

  @Test func callsForTagsCountOnTheirOwnBudget() {
    #expect(CallKind.tag.budget == .related)
    #expect(CallKind.list.budget == .list)
    #expect(CallKind.updateInput.budget == .other)
  }
}

/// Answers every call with the same full page of tags.
private struct RepeatedPage: Transport {
  func send(_ request: Request) async throws(TransportFailure) -> Answer {
    let tags = (1...100).map { #"{"handle":"tag-\#($0)","title":"T"}"# }
    return Answer(status: 200, body: Array("[\(tags.joined(separator: ","))]".utf8))
  }
}
