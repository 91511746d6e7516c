import Foundation
import Simulator
import TestSupport
import Testing

/// The messages of the built program while it waits, and the ends of a wait.
@Suite(.serialized, .ownThread) struct WaitingTests {
  private static let reason = "rate limit reached; retrying the list"

  private static func limited(_ seconds: Int, nth: Int = 1) -> SimulatorFault {
    SimulatorFault(on: .list, nth: nth, play: .rateLimit(retryAfter: "\(seconds)"))
  }

  /// Without its file, the next process doesn't know that the server asked to wait.
  private static func endPause(_ fixture: WriteFixture) throws {
    try FileManager.default.removeItem(at: fixture.directory.appending(path: "state/conn/pace"))
  }

  @Test(arguments: ["", "--quiet"]) func countsDownALimitedList(_ option: String) async throws {
    let fixture = try await WriteFixture([Self.limited(3)])
    let result = try await fixture.shell("conn eval 'list | count' --events e \(option)")
    #expect(result.output == "{\"count\":2}\n")
    #expect(result.errors == (option.isEmpty ? "waiting 3 s: \(Self.reason)\n" : ""))
    let wait = try await fixture.shell("jq -c 'select(.type == \"wait\") | .reason' e").output
    #expect(wait == "\"\(Self.reason)\"\n")
    try await fixture.close()
  }

  @Test func deadlineEndsTheWaitForAList() async throws {
    let fixture = try await WriteFixture([Self.limited(900)])
    let result = try await fixture.shell("conn eval 'list | count' --deadline 1m")
    #expect(result.exitCode == 7)
    #expect(
      result.errors == """
        error: no time to retry the list before the deadline: rate limit reached
          --> eval:1:1
           = help: use a longer --deadline

        """)
    try await fixture.close()
  }

  /// The command to resume a run names the place of its token.
  @Test func resumeCommandIsComplete() async throws {
    let fixture = try await WriteFixture([Self.limited(900, nth: 2)])
    let stopped = try await fixture.shell(
      "OWN=$WORKATO_API_TOKEN \(WriteFixture.run) --deadline 1m --token-from env:OWN")
    let id = try #require(fixture.runs.first).lastPathComponent
    let command = "conn resume \(id) --token-from 'env:OWN'"
    #expect(stopped.errors.contains("To resume: \(command)\n"), "\(stopped.errors)")
    try Self.endPause(fixture)
    let resumed = try await fixture.shell("OWN=$WORKATO_API_TOKEN \(command) --yes")
    #expect(resumed.exitCode == 0, "\(resumed.errors)")
    try await fixture.close()
  }

  /// Completed writes are recorded; the others are left for later.
  @Test func runStoppedAtTheDeadlineCanBeResumed() async throws {
    let expected = try await WriteFixture.undisturbed()
    let fixture = try await WriteFixture([Self.limited(900, nth: 2)])
    let stopped = try await fixture.shell("\(WriteFixture.run) --deadline 1m")
    #expect(stopped.exitCode == 7, "\(stopped.errors)")
    let id = try #require(fixture.runs.first).lastPathComponent
    #expect(stopped.errors.contains("To resume: conn resume \(id)\n"), "\(stopped.errors)")
    try Self.endPause(fixture)
    let resumed = try await fixture.shell(WriteFixture.resume)
    #expect(resumed.exitCode == 0, "\(resumed.errors)")
    expectEqual(await fixture.world(), expected)
    try await fixture.close()
  }

  /// An interruption between two pipelines takes effect; waiting for a list is not a call in
  /// flight.
  @Test(arguments: [SIGINT, SIGTERM])
  func interruptionEndsTheWaitForAList(_ signal: Int32) async throws {
    let expected = try await WriteFixture.undisturbed()
    let fixture = try await WriteFixture([Self.limited(900, nth: 2)])
    let stopped = try await fixture.shell(
      """
      set -m; export CONN_PROCESS=1
      \(WriteFixture.run) --events e 2> said & pid=$!
      until grep -q "waiting 900 s" said; do :; done
      kill -\(signal) $pid; wait $pid; code=$?; cat said; jq -c .exit e | tail -1; exit $code
      """)
    #expect(stopped.exitCode == 130)
    #expect(stopped.output.contains("Stopped (interrupted): 2 of 2 updated, 2 of 2 disconnected"))
    #expect(stopped.output.hasSuffix("\n130\n"), "\(stopped.output)")
    try Self.endPause(fixture)
    let resumed = try await fixture.shell(WriteFixture.resume)
    #expect(resumed.exitCode == 0, "\(resumed.errors)")
    expectEqual(await fixture.world(), expected)
    try await fixture.close()
  }

  @Test func reportsASilentServerOnATerminal() async throws {
    let fixture = try await WriteFixture([SimulatorFault(on: .list, play: .hang)])
    let terminal = try PseudoTerminal(
      ["eval", "list | count"],
      environment: Program.environment([
        "XDG_STATE_HOME": fixture.directory.path, "WORKATO_HOST": fixture.server.url,
        "WORKATO_API_TOKEN": fixture.server.token, "TERM": "xterm",
      ]))
    #expect(
      terminal.wait(for: "\r\u{1B}[Kwaiting for the answer to GET /api/connections 2 s") != nil)
    #expect(
      terminal.wait(for: "\r\u{1B}[Kwaiting for the answer to GET /api/connections 3 s") != nil)
    terminal.type("\u{3}")
    #expect(terminal.exitCode() == 130)
    try await fixture.close()
  }

  @Test func estimatesVerySlowRates() async throws {
    let fixture = try await WriteFixture()
    let terminal = try PseudoTerminal(
      ["eval", "get 36, 37 | delete", "--simulator", "--rate", "1e-9"],
      environment: Program.environment(["XDG_STATE_HOME": fixture.directory.path, "TERM": "dumb"]))
    #expect(terminal.wait(for: "This takes more than a year.") != nil)
    #expect(terminal.wait(for: "Type 2") != nil)
    terminal.type("2\r")
    #expect(
      terminal.wait(for: "waiting more than a year: the rate limit allows no call yet") != nil)
    terminal.type("\u{3}")
    #expect(terminal.exitCode() == 130)
    try await fixture.close()
  }
}
