import API
import AsyncHTTPClient
import ConnectionsClient
import Simulator
import TestSupport
import Testing

/// A list in pages: which links are followed, and when the list counts as complete.
@Suite struct ListPagesTests {
  // MARK: Links

  /// Returns the target that is asked for after a first page with this header, or the doubt.
  private func followed(_ headers: String..., at server: String = "https://www.workato.com") throws
    -> String?
  {
    var pages = ListPages("/api/connections")
    let answer = Answer(
      status: 200, headers: headers.map { .init("Link", $0) }, body: Array(#"[{"id":1}]"#.utf8))
    let target = try pages.add(ListPage(answer, from: try ServerAddress(server)))
    return target ?? pages.list.doubt
  }

  private static let second = "/api/connections?page=2"

  @Test(arguments: [
    "<https://www.workato.com/api/connections?page=2>; rel=\"next\"",
    "<HTTPS://www.Workato.com:443/api/connections?page=2>;rel=next",
    "<//www.workato.com/api/connections?page=2>; rel=next", "<?page=2#top> ; REL = \"Next\"",
    "</api/connections?page=2>; title=\"a, <b>; rel=prev\"; rel=\"last next\"",
    "<connections?page=2>; rel=next; rel=prev",
    "</api/connections?page=1>; rel=prev, , </api/connections?page=2>; rel=next",
  ])
  func followsLinksToTheSameServer(_ header: String) throws {
    #expect(try followed(header) == Self.second)
  }

  @Test func findsTheLinkInAnyHeader() throws {
    #expect(try followed("<x>; rel=prev", "<?page=2>; rel=next") == Self.second)
  }

  @Test func serversMayHaveAPort() throws {
    let link = "<http://127.0.0.1:8080/api/connections?page=2>; rel=next"
    #expect(try followed(link, at: "http://127.0.0.1:8080") == Self.second)
    #expect(
      try followed(link, at: "http://127.0.0.1:8081")
        == "its next page is on another host (http://127.0.0.1:8080)")
  }

  @Test(arguments: [
    "", "<x>; rel=prev", "<x>; title=next", "<x>; rel=nextpage", "<x>; rel=next; anchor=\"/other\"",
    "garbage",
  ])
  func otherLinksAreIgnored(_ header: String) throws {
    #expect(try followed(header) == nil)
  }

  @Test(arguments: [
    (
      "<https://elsewhere.example/api/connections?page=2>",
      "on another host (https://elsewhere.example)"
    ),
    ("<http://www.workato.com/api/connections?page=2>", "on another host (http://www.workato.com)"),
    (
      "<https://www.workato.com:444/api/connections>",
      "on another host (https://www.workato.com:444)"
    ),
    ("<https://www.workato.com@elsewhere.example/api/connections>", "(elsewhere.example)"),
    ("<https://www.workato.com.elsewhere.example/api/connections>", "on another host"),
    ("</api/tags?page=2>", "doesn't lead to a list"), ("</api/connectionsx>", "doesn't lead"),
    ("</api/connections/../tags>", "doesn't lead"), ("</api/connections/%2e%2e/tags>", "doesn't"),
    ("</api/connections//elsewhere.example>", "doesn't lead"), ("<javascript:x>", "doesn't lead"),
    ("<>", "is invalid"), ("</api/connections?page=next page>", "is invalid"),
    ("</api/connections?page=2\u{7}>", "is invalid"),
    ("</api/connections?page=2\u{e9}>", "is invalid"),
    ("https://www.workato.com/api/connections?page=2", "is invalid"),
    ("</api/connections", "is invalid"),
  ])
  func refusedLinksLeaveDoubt(_ link: String, _ doubt: String) throws {
    let text = try followed(link + "; rel=next")
    #expect(text?.contains(doubt) == true, "\(text ?? "")")
  }

  // MARK: Pages

  private func list(_ play: FaultBehavior, _ query: ListQuery = ListQuery()) async throws -> (
    ConnectionList, uris: [String], all: ConnectionList, calls: Int
  ) {
    var options = SimulatorOptions()
    options.limits = .off
    let faults = [SimulatorFault(on: .list, nth: 2, times: 9_999, play: play)]
    let server = try await SimulatedServer.start(options: options, faults: faults)
    let client = HTTPTransport.makeClient()
    let address = try ServerAddress(server.url)
    let store = MemoryCallLogStore()
    let clock = ManualClock()
    let reader = ServerReader(
      transport: HTTPTransport(
        client: client, server: address, token: try APIToken(server.token)),
      server: address, pacer: SharedRateLimiter(clock: clock, store: store), clock: clock)
    let all = try await reader.list(query)
    let list = try await reader.list(query)
    let uris = await server.requests().dropFirst().map(\.uri)
    try await client.shutdown()
    try await server.stop()
    return (list, uris, all, store.update { $0.lists.count })
  }

  @Test(arguments: [FaultBehavior.NextLink.right, .relative])
  func readsAllPages(_ next: FaultBehavior.NextLink) async throws {
    let (list, uris, all, calls) = try await list(.pages(size: 20, next: next))
    #expect(list == all && list.isComplete && list.connections.count == 58)
    #expect(uris == ["/api/connections", Self.second, "/api/connections?page=3"])
    #expect(calls == 4, "each page counts as a list call")
  }

  @Test func pagesKeepTheFilters() async throws {
    var query = ListQuery()
    query.includesTags = true
    let (list, uris, all, _) = try await list(.pages(size: 50), query)
    #expect(list == all)
    #expect(uris.last == "/api/connections?includes%5B%5D=tags&page=2")
  }

  @Test(arguments: [
    (
      FaultBehavior.NextLink.elsewhere, 1,
      "its next page is on another host (https://elsewhere.example)"
    ),
    (.repeat, 2, "page 2 shows no new connection"),
    (.invalid, 1, "the link to its next page is invalid"),
  ])
  func stopsAtALinkThatLeadsNowhere(
    _ next: FaultBehavior.NextLink, _ calls: Int, _ doubt: String
  ) async throws {
    let (list, uris, all, _) = try await list(.pages(size: 20, next: next))
    #expect(list.doubt == doubt)
    #expect(list.connections == Array(all.connections.prefix(20)))
    #expect(uris.count == calls)
  }

  private func page(_ connections: String, next: String?) throws -> ListPage {
    try ListPage(
      Answer(
        status: 200, headers: next.map { [.init("Link", "<\($0)>; rel=next")] } ?? [],
        body: Array(connections.utf8)), from: .standard)
  }

  @Test func linkToAnEarlierPageLeavesDoubt() throws {
    var pages = ListPages("/api/connections")
    #expect(try pages.add(page(#"[{"id":1}]"#, next: "?page=2")) == Self.second)
    #expect(try pages.add(page(#"[{"id":2}]"#, next: "/api/connections")) == nil)
    #expect(pages.list.doubt == "page 2 links back to an earlier page")
  }

  @Test func readsAtMostAThousandPages() throws {
    var pages = ListPages("/api/connections")
    for number in 1..<1_000 {
      #expect(try pages.add(page("[{\"id\":\(number)}]", next: "?page=\(number + 1)")) != nil)
    }
    #expect(try pages.add(page(#"[{"id":1000}]"#, next: "?page=1001")) == nil)
    #expect(pages.list.doubt == "it has more than 1000 pages")
    #expect(pages.list.connections.count == 1_000)
  }

  /// One that moved to the next page counts once; one that changed meanwhile may have moved others.
  @Test(arguments: [("a", nil), ("b", "connection 2 changed between two of its pages")])
  func connectionOnTwoPagesCountsOnce(_ name: String, _ doubt: String?) throws {
    var pages = ListPages("/api/connections")
    _ = try pages.add(page(#"[{"id":1},{"id":2,"name":"a"}]"#, next: "?page=2"))
    _ = try pages.add(page("[{\"id\":2,\"name\":\"\(name)\"},{\"id\":3}]", next: nil))
    #expect(pages.list.connections.map(\.id) == [1, 2, 3])
    #expect(pages.list.connections[1].name == name)
    #expect(pages.list.doubt == doubt)
  }
}
