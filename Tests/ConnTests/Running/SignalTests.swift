import Foundation
import Simulator
import TestSupport
import Testing

/// Signals that end a run while it writes.
@Suite(.serialized) struct SignalTests {
  /// The signal comes after the second update was sent.
  @Test(arguments: [
    (SIGINT, "2> said"), (SIGTERM, "2> said"), (SIGHUP, "2> said"), (SIGHUP, "> /dev/full 2>&1"),
  ])
  func callInFlightFinishesAndTheRunCanBeResumed(_ signal: Int32, _ output: String) async throws {
    let expected = try await WriteFixture.undisturbed()
    let fixture = try await WriteFixture()
    let result = try await fixture.shimmed("\(WriteFixture.run) \(output)", "c:5:s\(signal)")
    #expect(result.exitCode == 130)
    expectEqual(await fixture.writes(), ["PUT /api/connections/36", "PUT /api/connections/37"])
    let id = try #require(fixture.runs.first).lastPathComponent
    if output == "2> said" {
      let errors = try await fixture.shell("cat said").output
      #expect(
        errors.contains(
          "interrupted: waiting for the call in flight; interrupt again to quit at once"))
      #expect(errors.contains("Stopped (interrupted): 2 of 2 updated"))
      #expect(errors.contains("To resume: conn resume \(id)\n"))
    }
    expectEqual(try fixture.journal().ranges(of: #""outcome":"done""#).count, 2)
    let resumed = try await fixture.shell("conn resume --yes \(id)")
    #expect(resumed.exitCode == 0, "\(resumed.errors)")
    expectEqual(await fixture.world(), expected)
    try await fixture.close()
  }

  @Test func secondInterruptionQuitsAtOnce() async throws {
    let expected = try await WriteFixture.undisturbed()
    let fixture = try await WriteFixture([SimulatorFault(on: .update, play: .hang)])
    let ended = try await fixture.shell(
      """
      set -m
      env LD_PRELOAD=$SHIM CONN_SHIM=c:3:s2 \(WriteFixture.run) 2> said & pid=$!
      until grep -q "waiting for the call in flight" said; do :; done
      kill -INT $pid; wait $pid; code=$?; cat said; exit $code
      """)
    #expect(ended.exitCode == 130)
    #expect(
      ended.output.hasSuffix("quit: the call in flight is in doubt; conn resume looks it up\n"))
    let resumed = try await fixture.shell(WriteFixture.resume)
    #expect(resumed.exitCode == 0, "\(resumed.errors)")
    expectEqual(await fixture.world(), expected)
    try await fixture.close()
  }

  /// With `nohup` a run survives the loss of its terminal; started with `&` in a shell script, it
  /// survives Ctrl-C.
  @Test(arguments: [
    ("nohup ", "", SIGHUP), ("", "", SIGINT), ("bash -c 'trap \"\" TERM; exec ", "'", SIGTERM),
  ])
  func ignoredSignalStaysIgnored(_ start: String, _ end: String, _ signal: Int32)
    async throws
  {
    let expected = try await WriteFixture.undisturbed()
    let fixture = try await WriteFixture()
    let behind = signal == SIGINT ? " & wait $!" : ""
    let result = try await fixture.shell(
      "LD_PRELOAD=$SHIM CONN_SHIM=c:5:s\(signal) \(start)\(WriteFixture.run)\(end)\(behind)")
    #expect(result.exitCode == 0, "\(result.errors)")
    expectEqual(await fixture.world(), expected)
    try await fixture.close()
  }

  // MARK: The token

  @Test(arguments: [Endpoint.update, .disconnect, .delete])
  func resumesAfterARevokedToken(_ endpoint: Endpoint) async throws {
    let expected = try await WriteFixture.undisturbed()
    let fixture = try await WriteFixture([SimulatorFault(on: endpoint, play: .status(401))])
    let stopped = try await fixture.shell(WriteFixture.run)
    #expect(stopped.exitCode == 3, "\(stopped.errors)")
    #expect(stopped.errors.contains("the server rejected the token: Unauthorized"))
    try await Self.expectResume(fixture, expected)
  }

  @Test func resumesAWriteInDoubtWithANewToken() async throws {
    let expected = try await WriteFixture.undisturbed()
    let fixture = try await WriteFixture([
      SimulatorFault(on: .update, play: .reset, applies: true),
      SimulatorFault(on: .list, nth: 2, play: .status(401)),
    ])
    let stopped = try await fixture.shell(WriteFixture.run)
    #expect(stopped.exitCode == 9, "\(stopped.errors)")
    #expect(stopped.errors.contains("1 in doubt"))
    try await Self.expectResume(fixture, expected)
  }

  /// The old token is no longer valid; another one is.
  private static func expectResume(_ fixture: WriteFixture, _ expected: WriteFixture.World)
    async throws
  {
    let old = ["WORKATO_API_TOKEN": "wrk-revoked", "OTHER": fixture.server.token]
    let refused = try await fixture.shell(WriteFixture.resume, old)
    #expect([3, 9].contains(refused.exitCode), "\(refused.errors)")
    let resumed = try await fixture.shell(WriteFixture.resume + " --token-from env:OTHER", old)
    #expect(resumed.exitCode == 0, "\(resumed.errors)")
    expectEqual(await fixture.world(), expected)
    try await fixture.close()
  }
}
