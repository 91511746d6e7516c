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
    let expected = try await WriteBench.undisturbed()
    let bench = try await WriteBench()
    let result = try await bench.shimmed("\(WriteBench.run) \(output)", "c:5:s\(signal)")
    #expect(result.exitCode == 130)
    expectEqual(await bench.writes(), ["PUT /api/connections/36", "PUT /api/connections/37"])
    let id = try #require(bench.runs.first).lastPathComponent
    if output == "2> said" {
      let said = try await bench.shell("cat said").output
      #expect(
        said.contains(
          "interrupted: waiting for the call in flight; interrupt again to quit at once"))
      #expect(said.contains("Stopped (interrupted): 2 of 2 updated"))
      #expect(said.contains("To resume: conn resume \(id)\n"))
    }
    expectEqual(try bench.journal().ranges(of: #""outcome":"done""#).count, 2)
    let resumed = try await bench.shell("conn resume --yes \(id)")
    #expect(resumed.exitCode == 0, "\(resumed.errors)")
    expectEqual(await bench.world(), expected)
    try await bench.close()
  }

  @Test func secondInterruptionQuitsAtOnce() async throws {
    let expected = try await WriteBench.undisturbed()
    let bench = try await WriteBench([SimulatorFault(on: .update, play: .hang)])
    let ended = try await bench.shell(
      """
      set -m
      env LD_PRELOAD=$SHIM CONN_SHIM=c:3:s2 \(WriteBench.run) 2> said & pid=$!
      until grep -q "waiting for the call in flight" said; do :; done
      kill -INT $pid; wait $pid; code=$?; cat said; exit $code
      """)
    #expect(ended.exitCode == 130)
    #expect(
      ended.output.hasSuffix("quit: the call in flight is in doubt; conn resume looks it up\n"))
    let resumed = try await bench.shell(WriteBench.resume)
    #expect(resumed.exitCode == 0, "\(resumed.errors)")
    expectEqual(await bench.world(), expected)
    try await bench.close()
  }

  /// With `nohup` a run survives the loss of its terminal; started with `&` in a shell script, it
  /// survives Ctrl-C.
  @Test(arguments: [
    ("nohup ", "", SIGHUP), ("", "", SIGINT), ("bash -c 'trap \"\" TERM; exec ", "'", SIGTERM),
  ])
  func aSignalThatIsIgnoredStaysIgnored(_ start: String, _ end: String, _ signal: Int32)
    async throws
  {
    let expected = try await WriteBench.undisturbed()
    let bench = try await WriteBench()
    let behind = signal == SIGINT ? " & wait $!" : ""
    let result = try await bench.shell(
      "LD_PRELOAD=$SHIM CONN_SHIM=c:5:s\(signal) \(start)\(WriteBench.run)\(end)\(behind)")
    #expect(result.exitCode == 0, "\(result.errors)")
    expectEqual(await bench.world(), expected)
    try await bench.close()
  }

  // MARK: The token

  @Test(arguments: [Endpoint.update, .disconnect, .delete])
  func resumesAfterARevokedToken(_ endpoint: Endpoint) async throws {
    let expected = try await WriteBench.undisturbed()
    let bench = try await WriteBench([SimulatorFault(on: endpoint, play: .status(401))])
    let stopped = try await bench.shell(WriteBench.run)
    #expect(stopped.exitCode == 3, "\(stopped.errors)")
    #expect(stopped.errors.contains("the server rejected the token: Unauthorized"))
    try await Self.goesOn(bench, expected)
  }

  @Test func resumesAWriteInDoubtWithANewToken() async throws {
    let expected = try await WriteBench.undisturbed()
    let bench = try await WriteBench([
      SimulatorFault(on: .update, play: .reset, applies: true),
      SimulatorFault(on: .list, nth: 2, play: .status(401)),
    ])
    let stopped = try await bench.shell(WriteBench.run)
    #expect(stopped.exitCode == 9, "\(stopped.errors)")
    #expect(stopped.errors.contains("1 in doubt"))
    try await Self.goesOn(bench, expected)
  }

  /// The old token is no longer valid; another one is.
  private static func goesOn(_ bench: WriteBench, _ expected: WriteBench.World) async throws {
    let old = ["WORKATO_API_TOKEN": "wrk-revoked", "OTHER": bench.server.token]
    let refused = try await bench.shell(WriteBench.resume, old)
    #expect([3, 9].contains(refused.exitCode), "\(refused.errors)")
    let resumed = try await bench.shell(WriteBench.resume + " --token-from env:OTHER", old)
    #expect(resumed.exitCode == 0, "\(resumed.errors)")
    expectEqual(await bench.world(), expected)
    try await bench.close()
  }
}
