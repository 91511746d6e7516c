import Simulator
import TestSupport
import Testing

/// Which calls get a fault.
struct FaultScheduleTests {
  private func statuses(
    _ faults: [SimulatorFault], _ calls: [(String, String)]
  ) async throws -> [Int] {
    try await Harness.run(faults: faults) { harness async throws in
      try calls.map { try harness.call($0.0, $0.1).status }
    }
  }

  private static let list = ("GET", "/api/connections")
  private static let create = ("POST", "/api/connections")
  private static func update(_ id: Int) -> (String, String) { ("PUT", "/api/connections/\(id)") }

  @Test func playsFromTheNthMatchingCall() async throws {
    let fault = SimulatorFault(on: .list, nth: 2, times: 2, play: .status(500))
    let calls = [Self.list, Self.create, Self.list, Self.list, Self.list]
    expectEqual(try await statuses([fault], calls), [200, 200, 500, 500, 200])
  }

  @Test func matchesByID() async throws {
    let fault = SimulatorFault(id: 37, nth: 2, play: .status(500))
    let calls = [Self.update(37), Self.update(36), Self.create, Self.update(37), Self.update(37)]
    expectEqual(try await statuses([fault], calls), [200, 200, 200, 500, 200])
  }

  @Test(arguments: Endpoint.allCases)
  func matchesByEndpoint(endpoint: Endpoint) async throws {
    let fault = SimulatorFault(on: endpoint, times: 9, play: .status(500))
    let calls = [
      Self.list, Self.create, Self.update(36), ("POST", "/api/connections/36/disconnect"),
      ("DELETE", "/api/connections/36"), ("GET", "/api/tags"), ("POST", "/api/tags_assignments"),
    ]
    // The assignment of tags names none.
    let expected = Endpoint.allCases.map { $0 == endpoint ? 500 : $0 == .tag ? 400 : 200 }
    expectEqual(try await statuses([fault], calls), expected)
  }

  @Test func playsTheFirstOfSeveralAndCountsAll() async throws {
    let faults = [
      SimulatorFault(nth: 2, play: .status(500)),
      SimulatorFault(nth: 2, times: 2, play: .status(502)),
    ]
    let calls = [Self.list, Self.list, Self.list, Self.list]
    expectEqual(try await statuses(faults, calls), [200, 500, 502, 200])
  }

  @Test func ignoresCallsWithoutTheToken() async throws {
    let fault = SimulatorFault(play: .status(500))
    try await Harness.run(faults: [fault]) { harness async throws in
      let stranger = try harness.client.call("GET", "/api/connections", token: nil)
      #expect(stranger.status == 401)
      expectEqual(try harness.call("GET", "/api/connections").status, 500)
    }
  }

  @Test func ignoresCallsOverALimit() async throws {
    let fault = SimulatorFault(on: .create, nth: 2, play: .status(500))
    try await Harness.run(faults: [fault], options: { $0.limits = .documented }) {
      harness async throws in
      expectEqual(try harness.call("POST", "/api/connections").status, 200)
      expectEqual(try harness.call("POST", "/api/connections").status, 429)
      harness.time.advance(by: .seconds(1))
      expectEqual(try harness.call("POST", "/api/connections").status, 500)
    }
  }

  @Test func faultWithoutEffectUsesNoID() async throws {
    let fault = SimulatorFault(on: .create, play: .status(500))
    try await Harness.run(faults: [fault]) { harness async throws in
      expectEqual(try harness.call("POST", "/api/connections").status, 500)
      expectEqual(try harness.call("POST", "/api/connections").json?["id"], 43)
      expectEqual(await harness.server.counts().writes, 1)
    }
  }
}
