import Simulator
import TestSupport
import Testing

/// The limits, judged at arrival on a clock that the tests move.
struct LimitTests {
  private static func documented(_ options: inout SimulatorOptions) {
    options.limits = .documented
  }

  @Test func acceptsSixtyListsInAnySixtySeconds() async throws {
    try await Harness.run(options: Self.documented) { harness async throws in
      for _ in 1...60 {
        expectEqual(try harness.call("GET", "/api/connections").status, 200)
        harness.time.advance(by: .milliseconds(500))
      }
      let refused = try harness.call("GET", "/api/connections")
      #expect(refused.status == 429)
      #expect(refused.text == #"{"message":"Rate limit exceeded"}"#)
      #expect(refused.headers["retry-after"] == nil)
      harness.time.advance(by: .milliseconds(29_999))
      expectEqual(try harness.call("GET", "/api/connections").status, 429)
      harness.time.advance(by: .milliseconds(1))
      expectEqual(try harness.call("GET", "/api/connections").status, 200)
      expectEqual(try harness.call("GET", "/api/connections").status, 429)
      let counts = await harness.server.counts()
      #expect(counts.lists == 61)
      #expect(counts.limited == 3)
    }
  }

  @Test func otherCallsShareOneASecond() async throws {
    try await Harness.run(options: Self.documented) { harness async throws in
      expectEqual(try harness.call("POST", "/api/connections", "{}").status, 200)
      for (method, path) in [
        ("POST", "/api/connections"), ("PUT", "/api/connections/36"),
        ("POST", "/api/connections/36/disconnect"), ("DELETE", "/api/connections/36"),
      ] {
        expectEqual(try harness.call(method, path).status, 429)
      }
      expectEqual(try harness.call("GET", "/api/connections").status, 200)
      harness.time.advance(by: .milliseconds(999))
      expectEqual(try harness.call("DELETE", "/api/connections/36").status, 429)
      harness.time.advance(by: .milliseconds(1))
      expectEqual(try harness.call("DELETE", "/api/connections/36").status, 200)
      let counts = await harness.server.counts()
      #expect(counts.writes == 2)
      #expect(counts.limited == 5)
    }
  }

  @Test func countsOnlyAuthorizedCallsToEndpoints() async throws {
    try await Harness.run(options: Self.documented) { harness async throws in
      let stranger = try harness.client.call("DELETE", "/api/connections/36", token: "other")
      #expect(stranger.status == 401)
      expectEqual(try harness.call("DELETE", "/api/recipes/36").status, 404)
      expectEqual(try harness.call("DELETE", "/api/connections/36").status, 200)
    }
  }

  @Test func acceptsOtherLimits() async throws {
    let limits = SimulatorLimits(list: nil, others: RateLimit(count: 3, per: .seconds(2)))
    try await Harness.run(options: { $0.limits = limits }) { harness async throws in
      let statuses = try (1...4).map { _ in try harness.call("POST", "/api/connections").status }
      #expect(statuses == [200, 200, 200, 429])
    }
  }

  @Test(arguments: [
    (RetryAfterFormat.seconds, "1"), (.date, "Tue, 03 Feb 2026 04:05:07 GMT"),
  ])
  func saysWhenToRetry(form: RetryAfterFormat, expected: String) async throws {
    try await Harness.run(options: {
      Self.documented(&$0)
      $0.retryAfter = form
    }) { harness async throws in
      try harness.call("DELETE", "/api/connections/36")
      harness.time.advance(by: .milliseconds(200))
      let answer = try harness.call("DELETE", "/api/connections/37")
      #expect(answer.headers["retry-after"] == expected)
      #expect(answer.headers["date"] == "Tue, 03 Feb 2026 04:05:06 GMT")
    }
  }

  @Test func recordsArrivalTimes() async throws {
    try await Harness.run { harness async throws in
      try harness.call("GET", "/api/connections")
      harness.time.advance(by: .milliseconds(1250))
      try harness.call("DELETE", "/api/connections/36")
      let arrivals = await harness.server.requests().map(\.arrival)
      #expect(arrivals == [.zero, .milliseconds(1250)])
    }
  }
}
