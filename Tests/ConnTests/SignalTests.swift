import Foundation
import Simulator
import TestSupport
import Testing

/// What ends a run from outside while it writes.
@Suite struct SignalTests {
  /// A program that runs beside the test.
  private struct Running {
    let bench: WriteBench
    let result: Task<Program.Result, any Error>

    /// Starts the line; its pid is in `pid`, and what it says in `said`.
    init(_ bench: WriteBench, _ line: String, output: String = "2> said") {
      self.bench = bench
      result = Task {
        try await bench.shell("echo $$ > pid; exec \(line) \(output)")
      }
    }

    func signal(_ name: String) async throws {
      _ = try await bench.shell("kill -\(name) $(cat pid)")
    }

    /// Waits until so many calls that write have come to the server.
    func waitForWrites(_ count: Int) async {
      while await bench.writes().count < count { await Task.yield() }
    }

    var said: String {
      let bytes = try? Data(contentsOf: bench.directory.appending(path: "said"))
      return String(decoding: bytes ?? Data(), as: UTF8.self)
    }
  }

  private static let slow = SimulatorFault(on: .update, nth: 2, play: .slow(milliseconds: 1500))

  @Test(arguments: [
    ("INT", "2> said"), ("TERM", "2> said"), ("HUP", "2> said"), ("HUP", "> /dev/full 2>&1"),
  ])
  func theCallInFlightEndsAndTheRunGoesOn(_ name: String, _ output: String) async throws {
    let expected = try await WriteBench.undisturbed()
    let bench = try await WriteBench([Self.slow])
    let running = Running(bench, WriteBench.run, output: output)
    await running.waitForWrites(2)
    try await running.signal(name)
    #expect(try await running.result.value.exitCode == 130)
    #expect(await bench.writes() == ["PUT /api/connections/36", "PUT /api/connections/37"])
    let id = try #require(bench.runs.first).lastPathComponent
    if output == "2> said" {
      #expect(running.said.contains("interrupted: waiting for the call in flight"))
      #expect(running.said.contains("2 of 2 updated"))
      #expect(running.said.hasSuffix("Go on with: conn resume \(id)\n"))
    }
    #expect(try bench.journal().ranges(of: #""outcome":"done""#).count == 2)
    let resumed = try await bench.shell("conn resume --yes \(id)")
    #expect(resumed.exitCode == 0, "\(resumed.errors)")
    #expect(await bench.world() == expected)
    try await bench.close()
  }

  @Test func theSecondInterruptionEndsAtOnce() async throws {
    let expected = try await WriteBench.undisturbed()
    let bench = try await WriteBench([SimulatorFault(on: .update, play: .hang)])
    let running = Running(bench, WriteBench.run)
    await running.waitForWrites(1)
    try await running.signal("INT")
    while !running.said.contains("waiting for the call in flight") { await Task.yield() }
    try await running.signal("INT")
    #expect(try await running.result.value.exitCode == 130)
    #expect(
      running.said.hasSuffix("ended: the call in flight is in doubt; conn resume looks it up\n"))
    let resumed = try await bench.shell(WriteBench.resume)
    #expect(resumed.exitCode == 0, "\(resumed.errors)")
    #expect(await bench.world() == expected)
    try await bench.close()
  }

  /// `nohup` lets a run outlive its terminal.
  @Test func aHangUpThatIsIgnoredStaysIgnored() async throws {
    let expected = try await WriteBench.undisturbed()
    let bench = try await WriteBench([Self.slow])
    let running = Running(bench, "nohup " + WriteBench.run)
    await running.waitForWrites(2)
    try await running.signal("HUP")
    #expect(try await running.result.value.exitCode == 0)
    #expect(await bench.world() == expected)
    try await bench.close()
  }

  // MARK: The token

  @Test(arguments: [Endpoint.update, .disconnect, .delete])
  func aTokenThatIsRevokedMidway(_ endpoint: Endpoint) async throws {
    let expected = try await WriteBench.undisturbed()
    let bench = try await WriteBench([SimulatorFault(on: endpoint, play: .status(401))])
    let stopped = try await bench.shell(WriteBench.run)
    #expect(stopped.exitCode == 3, "\(stopped.errors)")
    #expect(stopped.errors.contains("the server does not accept the token: Unauthorized"))
    try await Self.goesOn(bench, expected)
  }

  @Test func aTokenThatIsRevokedWhileAWriteIsInDoubt() async throws {
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

  /// The old token is of no use any more, another one is.
  private static func goesOn(_ bench: WriteBench, _ expected: WriteBench.World) async throws {
    let old = ["WORKATO_API_TOKEN": "wrk-revoked", "OTHER": bench.server.token]
    let refused = try await bench.shell(WriteBench.resume, old)
    #expect([3, 9].contains(refused.exitCode), "\(refused.errors)")
    let resumed = try await bench.shell(WriteBench.resume + " --token-from env:OTHER", old)
    #expect(resumed.exitCode == 0, "\(resumed.errors)")
    #expect(await bench.world() == expected)
    try await bench.close()
  }
}
