import Simulator
import TestSupport
import Testing

/// Each fault as a client sees it, and what it leaves behind.
struct FaultTests {
  private static let path = "/api/connections/36"

  /// Deletes 36 under a fault and tells whether it is gone.
  private func delete(
    _ play: FaultBehavior, applies: Bool? = nil, _ check: (TestClient) throws -> Void
  ) async throws -> Bool {
    let fault = SimulatorFault(on: .delete, play: play, applies: applies)
    return try await Harness.run(faults: [fault]) { harness async throws in
      harness.client.send(TestClient.request("DELETE", Self.path))
      try check(harness.client)
      return await harness.server.connection(36) == nil
    }
  }

  @Test(arguments: [false, true])
  func sendsAStatusWithOrWithoutEffect(applies: Bool) async throws {
    let isGone = try await delete(.status(503, body: "busy"), applies: applies) { client throws in
      let answer = try client.receive()
      #expect(answer.status == 503)
      #expect(answer.text == "busy")
    }
    #expect(isGone == applies)
  }

  @Test(arguments: [
    (400, #"{"message":"Bad request"}"#), (401, #"{"message":"Unauthorized"}"#),
    (404, #"{"message":"Not found"}"#), (422, #"{"errors":{"name":["is invalid"]}}"#),
    (418, #"{"message":"Error"}"#), (204, ""),
    (500, #"{"message":"Server error","id":"3f2b8c1e-6a57-4d0e-9c41-7be2f0a91d55"}"#),
  ])
  func sendsTheBodyOfTheStatus(status: Int, body: String) async throws {
    let isGone = try await delete(.status(status)) { client throws in
      let answer = try client.receive()
      #expect(answer.status == status)
      #expect(answer.text == body)
    }
    #expect(!isGone)
  }

  @Test func sendsAStatusWithHTML() async throws {
    _ = try await delete(.status(404, body: "<html></html>")) { client throws in
      let answer = try client.receive()
      #expect(answer.headers["content-type"] == "text/html; charset=utf-8")
      #expect(answer.text == "<html></html>")
    }
  }

  @Test(arguments: [false, true])
  func resetsBeforeOrAfterTheEffect(applies: Bool) async throws {
    let isGone = try await delete(.reset, applies: applies) { client throws in
      #expect(throws: TestClient.Failure.reset) { try client.receive() }
    }
    #expect(isGone == applies)
  }

  @Test func closesAfterACorrectAnswer() async throws {
    let isGone = try await delete(.close) { client throws in
      let answer = try client.receive()
      #expect(answer.text == #"{"success":true,"status":"deleted"}"#)
      #expect(answer.headers["connection"] == nil)
      expectEqual(try client.receiveAll(), [])
    }
    #expect(isGone)
  }

  @Test func truncatesTheAnswerHalfway() async throws {
    let isGone = try await delete(.truncate) { client throws in
      let text = String(decoding: try client.receiveAll(), as: UTF8.self)
      #expect(text.contains("Content-Length: 35\r\n"))
      #expect(text.hasSuffix("\r\n\r\n" + #"{"success":true,""#))
    }
    #expect(isGone)
  }

  @Test func sendsGarbageInsteadOfHTTP() async throws {
    let isGone = try await delete(.garbage) { client throws in
      expectEqual(try client.receiveAll().prefix(3), [0x16, 0x03, 0x01])
    }
    #expect(isGone)
  }

  @Test func sendsTheSignInPageAsHTMLWithStatus200() async throws {
    let isGone = try await delete(.signInPage) { client throws in
      let answer = try client.receive()
      #expect(answer.status == 200)
      #expect(answer.headers["content-type"] == "text/html; charset=utf-8")
      #expect(answer.text.hasPrefix("<!DOCTYPE html>"))
    }
    #expect(!isGone)
  }

  @Test func hangsWhileOthersAreServed() async throws {
    let fault = SimulatorFault(on: .delete, play: .hang)
    try await Harness.run(faults: [fault]) { harness async throws in
      harness.client.send(TestClient.request("DELETE", Self.path))
      while await harness.server.requests().isEmpty { await Task.yield() }
      let other = try TestClient(harness.server)
      expectEqual(try other.call("DELETE", Self.path).status, 200)
      #expect(!harness.client.hasSomethingToRead)
      expectEqual(await harness.server.counts().writes, 1)
    }
  }

  @Test func answersCorrectlyButLate() async throws {
    let start = ContinuousClock.now
    let isGone = try await delete(.slow(milliseconds: 30)) { client throws in
      expectEqual(try client.receive().text, #"{"success":true,"status":"deleted"}"#)
    }
    #expect(ContinuousClock.now - start >= .milliseconds(30))
    #expect(isGone)
  }

  @Test func redirectsElsewhere() async throws {
    let isGone = try await delete(.redirect(status: 307, location: "https://a.example/b")) {
      client throws in
      let answer = try client.receive()
      #expect(answer.status == 307)
      #expect(answer.headers["location"] == "https://a.example/b")
    }
    #expect(!isGone)
  }

  @Test func sendsAWrongIDOnlyInTheAnswer() async throws {
    try await Harness.run(faults: [SimulatorFault(times: 2, play: .wrongID)]) {
      harness async throws in
      let answer = try harness.call("PUT", Self.path, #"{"name":"x"}"#)
      #expect(answer.json?["id"] == 37)
      #expect(answer.json?["name"] == "x")
      expectEqual(await harness.server.connection(36)?.name, "x")
      expectEqual(await harness.server.connection(37)?.name, "ACME google sheet account")
      expectEqual(try harness.call("GET", "/api/connections").ids, [37, 38, 39, 40, 41, 42])
    }
  }

  @Test func padsAnOversizedAnswerWithSpaces() async throws {
    let isGone = try await delete(.oversize(bytes: 3_000_000)) { client throws in
      let answer = try client.receive()
      #expect(answer.body.count == 3_000_000)
      #expect(answer.json == ["success": true, "status": "deleted"])
    }
    #expect(isGone)
  }

  @Test(arguments: [(nil, 200), (409, 409)] as [(Int?, Int)])
  func refusesWithEitherStatus(status: Int?, expected: Int) async throws {
    let isGone = try await delete(.refuse(status: status)) { client throws in
      let answer = try client.receive()
      #expect(answer.status == expected)
      #expect(
        answer.text == """
          {"success":false,"status":"rejected",\
          "message":"You can't delete a connection used by active recipes"}
          """)
    }
    #expect(!isGone)
  }

  @Test(arguments: [nil, "7", "Tue, 03 Feb 2026 04:05:13 GMT"])
  func rateLimitMaySayWhenToRetry(retryAfter: String?) async throws {
    let isGone = try await delete(.rateLimit(retryAfter: retryAfter)) { client throws in
      let answer = try client.receive()
      #expect(answer.status == 429)
      #expect(answer.headers["retry-after"] == retryAfter)
    }
    #expect(!isGone)
  }

  @Test func sendsAnEmptyAnswerWithStatus200() async throws {
    let isGone = try await delete(.empty) { client throws in
      let answer = try client.receive()
      #expect(answer.status == 200)
      #expect(answer.headers["content-length"] == "0")
    }
    #expect(isGone)
  }
}
