import Simulator
import TestSupport
import Testing

/// `GET /api/tags` and `POST /api/tags_assignments`
struct TagTests {
  private static let tags = [
    SimulatedTag(handle: "tag-a", title: "Accounting", description: "x", color: "green"),
    SimulatedTag(handle: "tag-b", title: "Billing"),
  ]
  private static let sales = "tag-ANgeffPL-3gxQwA"

  private static func many(_ count: Int) -> [SimulatedTag] {
    (1...count).map { SimulatedTag(handle: "tag-\($0)", title: "Tag \($0)") }
  }

  private func titles(_ answer: TestAnswer) -> [String]? {
    answer.json?["data"]?["tags"]?.array?.compactMap { $0["title"]?.string }
  }

  /// Sends an assignment with the members of its body.
  @discardableResult
  private func assign(_ body: String, _ harness: Harness) throws -> TestAnswer {
    try harness.call("POST", "/api/tags_assignments", "{\(body)}")
  }

  private func tags(_ id: Int64, _ harness: Harness) async -> JSONValue? {
    await harness.server.connection(id)?["tags"]
  }

  // MARK: The list

  @Test func listsTagsAndHandlesWithoutATag() async throws {
    try await Harness.run(tags: Self.tags) { harness async throws in
      let answer = try harness.call("GET", "/api/tags?page=1&per_page=100")
      #expect(
        answer.text
          == #"{"data":{"tags":["#
          + #"{"handle":"tag-a","title":"Accounting","description":"x","color":"green"},"#
          + #"{"handle":"tag-b","title":"Billing","description":null,"color":"blue"},"#
          + #"{"handle":"tag-ANgeffPL-3gxQwA","title":"tag-ANgeffPL-3gxQwA","#
          + #""description":null,"color":"blue"}]}}"#)
    }
  }

  @Test(arguments: [
    ("", 1...100), ("?per_page=100", 1...100), ("?per_page=500&page=2", 101...200),
    ("?page=3", 201...205), ("?per_page=2&page=2", 3...4),
  ])
  func listsPages(_ query: String, _ expected: ClosedRange<Int>) async throws {
    try await Harness.run(tags: Self.many(204)) { harness async throws in
      let found = titles(try harness.call("GET", "/api/tags\(query)"))
      let all = (1...204).map { "Tag \($0)" } + [Self.sales]
      #expect(found == expected.map { all[$0 - 1] })
    }
  }

  @Test func pageAfterTheLastIsEmpty() async throws {
    try await Harness.run(tags: Self.tags) { harness async throws in
      expectEqual(titles(try harness.call("GET", "/api/tags?page=2")), [])
    }
  }

  @Test(arguments: [
    "page=0", "page=x", "page=-1", "per_page=0", "page=9223372036854775807&per_page=100",
  ])
  func rejectsInvalidPages(_ query: String) async throws {
    try await Harness.run { harness async throws in
      expectEqual(try harness.call("GET", "/api/tags?\(query)").status, 400)
    }
  }

  @Test(arguments: [
    ("POST", "/api/tags", 405), ("GET", "/api/tags_assignments", 405), ("GET", "/api/tags/1", 404),
  ])
  func hasNoOtherEndpointsForTags(_ method: String, _ path: String, _ status: Int) async throws {
    try await Harness.run { harness async throws in
      expectEqual(try harness.call(method, path).status, status)
    }
  }

  // MARK: Assignments

  @Test func setsAndRemovesTagsOfConnections() async throws {
    try await Harness.run(tags: Self.tags) { harness async throws in
      let body = #""add_tags":["tag-a","tag-b","tag-a"],"remove_tags":["\#(Self.sales)"],"#
      let answer = try assign(body + #""connection_ids":[36,37,38,42]"#, harness)
      #expect(answer.status == 200 && answer.body.isEmpty)
      for id: Int64 in [36, 37, 38, 42] {
        #expect(await tags(id, harness) == ["tag-a", "tag-b"])
        #expect(
          await harness.server.connection(id)?["updated_at"] == "2026-02-03T04:05:06.789Z")
      }
      #expect(await tags(39, harness) == [])
      expectEqual(await harness.server.counts().writes, 1)
    }
  }

  @Test func assignmentThatChangesNothingIsASuccess() async throws {
    try await Harness.run(tags: Self.tags) { harness async throws in
      let before = await harness.server.connections()
      for body in [
        #""add_tags":["\#(Self.sales)"],"connection_ids":[36]"#,
        #""remove_tags":["tag-a"],"connection_ids":[36,37,39]"#,
      ] { expectEqual(try assign(body, harness).status, 200) }
      expectEqual(await harness.server.connections(), before)
      expectEqual(await harness.server.counts().writes, 0)
    }
  }

  @Test func assignmentNeedNotBeAnUpdate() async throws {
    try await Harness.run(tags: Self.tags, options: { $0.taggingIsAnUpdate = false }) {
      harness async throws in
      try assign(#""add_tags":["tag-a"],"connection_ids":[36]"#, harness)
      #expect(await tags(36, harness) == [.string(Self.sales), "tag-a"])
      #expect(await harness.server.connection(36)?["updated_at"] == "2015-05-26T22:53:52.532Z")
    }
  }

  private static let unknown = [
    #""add_tags":["tag-c","tag-a"],"connection_ids":[36]"#,
    #""add_tags":["tag-a"],"connection_ids":[36,35]"#,
    #""add_tags":["tag-a"],"remove_tags":["tag-c"],"connection_ids":[36]"#,
  ]

  @Test(arguments: unknown) func ignoresWhatIsUnknown(_ body: String) async throws {
    try await Harness.run(tags: Self.tags) { harness async throws in
      let answer = try assign(body, harness)
      #expect(answer.status == 200 && answer.body.isEmpty)
      #expect(await tags(36, harness) == [.string(Self.sales), "tag-a"])
    }
  }

  @Test(arguments: unknown) func mayRefuseWhatIsUnknown(_ body: String) async throws {
    try await Harness.run(tags: Self.tags, options: { $0.refusesUnknownTagging = true }) {
      harness async throws in
      let answer = try assign(body, harness)
      #expect(answer.status == 404)
      #expect(answer.text == #"{"message":"Not found"}"#)
      #expect(await tags(36, harness) == [.string(Self.sales)])
    }
  }

  @Test(arguments: [
    ("", 400), (#""add_tags":["tag-a"]"#, 400), (#""connection_ids":[36]"#, 400),
    (#""add_tags":[],"connection_ids":[36]"#, 400),
    (#""add_tags":["tag-a"],"recipe_ids":[1]"#, 400),
    (#""add_tags":"tag-a","connection_ids":[36]"#, 422),
    (#""add_tags":[1],"connection_ids":[36]"#, 422),
    (#""add_tags":["tag-a"],"connection_ids":["36"]"#, 422),
  ])
  func rejectsInvalidAssignments(_ body: String, _ status: Int) async throws {
    try await Harness.run(tags: Self.tags) { harness async throws in
      expectEqual(try assign(body, harness).status, status)
      #expect(await tags(36, harness) == [.string(Self.sales)])
    }
  }

  @Test(arguments: [(100, 200), (101, 400)])
  func acceptsOneHundredConnections(_ count: Int, _ status: Int) async throws {
    try await Harness.run(tags: Self.tags) { harness async throws in
      let ids = (36..<36 + count).map(String.init).joined(separator: ",")
      let body = #""add_tags":["tag-a"],"connection_ids":[\#(ids)]"#
      expectEqual(try assign(body, harness).status, status)
    }
  }

  // MARK: Limits and faults

  @Test func allowsSixtyCallsForTagsInAnySixtySeconds() async throws {
    try await Harness.run(
      tags: Self.tags,
      options: {
        $0.limits = .documented
        $0.retryAfter = .seconds
      }
    ) { harness async throws in
      let body = #""add_tags":["tag-a"],"connection_ids":[36]"#
      for _ in 1...30 {
        expectEqual(try harness.call("GET", "/api/tags").status, 200)
        expectEqual(try assign(body, harness).status, 200)
      }
      let refused = try assign(body, harness)
      #expect(refused.status == 429 && refused.headers["retry-after"] == "60")
      expectEqual(try harness.call("GET", "/api/tags").status, 429)
      expectEqual(try harness.call("GET", "/api/connections").status, 200)
      expectEqual(try harness.call("DELETE", "/api/connections/37").status, 200)
      harness.time.advance(by: .seconds(60))
      expectEqual(try assign(body, harness).status, 200)
    }
  }

  @Test func faultMatchesEachConnectionOfAnAssignment() async throws {
    let fault = SimulatorFault(on: .tag, id: 37, play: .status(500))
    try await Harness.run(faults: [fault], tags: Self.tags) { harness async throws in
      expectEqual(
        try assign(#""add_tags":["tag-a"],"connection_ids":[36]"#, harness).status, 200)
      expectEqual(
        try assign(#""add_tags":["tag-b"],"connection_ids":[36,37]"#, harness).status, 500)
      #expect(await tags(36, harness) == [.string(Self.sales), "tag-a"])
    }
  }

  /// There is no body to cut, so the head ends early.
  @Test func truncatesAnEmptyAnswer() async throws {
    let fault = SimulatorFault(on: .tag, play: .truncate)
    try await Harness.run(faults: [fault], tags: Self.tags) { harness async throws in
      harness.client.send(
        TestClient.request(
          "POST", "/api/tags_assignments", #"{"add_tags":["tag-a"],"connection_ids":[37]}"#))
      let text = String(decoding: try harness.client.receiveAll(), as: UTF8.self)
      #expect(text.hasPrefix("HTTP/1.1 200 OK\r\n") && !text.contains("\r\n\r\n"))
      #expect(await tags(37, harness) == ["tag-a"])
    }
  }
}
