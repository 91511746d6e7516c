import Simulator
import TestSupport
import Testing

/// A server that is down, or asks for a long pause, over sockets.
@Suite struct OutageTests {
  /// A pause of more than a quarter of an hour ends the run, whatever asks for it. The write that was refused,
  /// and those that were not tried, are left to `conn resume`.
  @Test(arguments: [
    (Endpoint.disconnect, FaultBehavior.rateLimit(retryAfter: "3600"), "skipped skipped 1 1 7"),
    (.disconnect, .rateLimitUntil(seconds: 3600), "skipped skipped 1 1 7"),
    (.disconnect, .status(503, retryAfter: "3600"), "unknown skipped 1 1 9"),
    (.list, .rateLimit(retryAfter: "3600"), " 0 1 7"),
    (.list, .status(503, retryAfter: "3600"), " 0 1 7"),
  ])
  func longPauseEndsTheRun(_ endpoint: Endpoint, _ play: FaultBehavior, _ expected: String)
    async throws
  {
    let fixture = try await SocketFixture([SimulatorFault(on: endpoint, times: 99, play: play)])
    expectEqual(try await fixture.run("get 37, 1302 | disconnect"), expected)
    #expect(fixture.clock.uptime() < 10)
    let message = try await fixture.message("get 37, 1302 | disconnect")
    #expect(
      message?.wholeMatch(
        of: /the server asks to wait until 2026-02-03T05:[02]\d:\d\dZ, about 60 min/) != nil,
      "\(message ?? "")")
    try await fixture.close()
  }

  // MARK: Outages

  /// The first write fails for two minutes and is left; the second shows that the server is down.
  @Test(arguments: [FaultBehavior.status(502), .status(503), .status(504)])
  func lastingOutageEndsTheRun(_ play: FaultBehavior) async throws {
    let fixture = try await SocketFixture([
      SimulatorFault(on: .disconnect, times: 999, play: play)
    ])
    let result = try await fixture.run("get 37, 1302, 1309 | disconnect")
    #expect(result.hasPrefix("unknown unknown skipped ") && result.hasSuffix(" 9"), "\(result)")
    #expect((120...160).contains(fixture.clock.uptime()), "\(fixture.clock.uptime())")
    try await fixture.close()
  }

  /// One connection that always fails doesn't stop the others.
  @Test func singleFailingWriteIsNoOutage() async throws {
    let fixture = try await SocketFixture([
      SimulatorFault(on: .disconnect, id: 37, times: 999, play: .status(504))
    ])
    let result = try await fixture.run("get 37, 1302, 1309 | disconnect")
    #expect(result.hasPrefix("unknown done done "), "\(result)")
    try await fixture.close()
  }

  /// After the first write, a list waits as well.
  @Test(arguments: [(FaultBehavior.status(503), 12, "done 1 "), (.status(503), 999, "unknown 1 ")])
  func listsWaitForTheEndOfAnOutage(_ play: FaultBehavior, _ times: Int, _ expected: String)
    async throws
  {
    let fixture = try await SocketFixture([
      SimulatorFault(on: .update, play: .reset, applies: true),
      SimulatorFault(on: .list, nth: 2, times: times, play: play),
    ])
    let result = try await fixture.run(#"get 37 | update name = "n""#)
    #expect(result.hasPrefix(expected), "\(result)")
    #expect(times < 999 || (120...140).contains(fixture.clock.uptime()))
    try await fixture.close()
  }
}
