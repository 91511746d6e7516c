import Foundation
import Simulator
import TestSupport
import Testing

@testable import conn

/// The directories and names of runs.
@Suite(.serialized) struct RunStorageTests {
  @Test func stateIsPrivate() async throws {
    let fixture = try await WriteFixture()
    let result = try await fixture.shell(
      "export CONN_PROCESS=1; umask 000; \(WriteFixture.run) > /dev/null; find state/conn -perm /077; "
        + "find state/conn -type f | wc -l")
    // The journal, the script, two lists; the pace file and its lock.
    #expect(result.output == "6\n")
    try await fixture.close()
  }

  /// The embedded workspace ends with the process.
  @Test func simulatorRunIsNotSaved() async throws {
    let result = try await Program.run(
      "conn eval --simulator 'get 1204, 37 | disconnect' --yes --on-error stop")
    #expect(result.exitCode == 1)
    #expect(
      result.errors.contains("Stopped (a row failed, and --on-error is stop): 0 of 2 disconnected"))
    #expect(!result.errors.contains("conn resume"))
  }

  // MARK: Going on

  /// A run that can't be resumed now may be resumed later: nothing of it is lost.
  @Test func refusedRunStaysResumable() async throws {
    let script = "get 36 | update external_id = env(\"EXT\") | disconnect\n"
    let run = try await BrokenRun(
      "env EXT=7 " + WriteFixture.run, at: "c:3:after", writes: 1, script: script)
    let fixture = run.fixture
    let refused = try await fixture.shell(WriteFixture.resume)
    #expect(refused.exitCode == 9, "\(refused.errors)")
    #expect(refused.errors.contains("EXT"), "\(refused.errors)")
    #expect(refused.errors.contains("To resume: conn resume \(run.id)\n"), "\(refused.errors)")
    expectEqual(await fixture.writes().count, 1)
    let resumed = try await fixture.shell("EXT=7 " + WriteFixture.resume)
    #expect(resumed.exitCode == 0, "\(resumed.errors)")
    try await fixture.close()
  }

  /// On a terminal, the number of remaining writes is typed; a single write needs a yes.
  @Test(arguments: [("n", 4), ("4", 0)])
  func resumeAsksForTheNumberOfWrites(_ answer: String, _ code: Int) async throws {
    let script = "get 36, 37 | update name = f\"{name} (old)\" | disconnect\n"
    let run = try await BrokenRun(at: "j:4:before", writes: 0, script: script)
    expectEqual(try await answered(run, "Type 4 to continue: ", answer), code)
    if code != 0 { try await run.expectResume(try await WriteFixture.undisturbed(script)) }
    try await run.fixture.close()
  }

  @Test(arguments: [("Y", 0), ("no", 4)])
  func resumeAsksYesForOneWrite(_ answer: String, _ code: Int) async throws {
    let run = try await BrokenRun(
      at: "c:2:before", writes: 0, script: "get 36 | update folder_id = 5\n")
    expectEqual(try await answered(run, "Continue? [y/N] ", answer), code)
    try await run.fixture.close()
  }

  private func answered(_ run: BrokenRun, _ question: String, _ answer: String) async throws -> Int
  {
    let environment = Program.environment([
      "XDG_STATE_HOME": run.fixture.directory.appending(path: "state").path,
      "WORKATO_HOST": run.fixture.server.url, "WORKATO_API_TOKEN": run.fixture.server.token,
      "TERM": "dumb",
    ])
    return try await Task.detached {
      let terminal = try PseudoTerminal(["resume", run.id], environment: environment)
      #expect(terminal.wait(for: question) != nil)
      terminal.type(answer + "\r")
      return Int(terminal.exitCode() ?? -1)
    }.value
  }

  // MARK: Names

  /// `undo` and `resume` mean the latest run, even if two runs begin within one second.
  @Test func namesSortByTimeWithinASecond() {
    let start: Int64 = 1_769_853_600_000_000
    let names = (0..<1_000).map { step in
      RunName(FixedClock(time: start + Int64(step) * 1_000)).text
    }
    #expect(names == names.sorted())
    #expect(names[0].hasPrefix("20260131T100000Z-"))
    #expect(names.allSatisfy { $0.count == names[0].count })
    expectEqual(Set(names.map { $0.prefix(17) }).count, 1)
  }

  @Test func rejectsUnknownAmbiguousAndFinishedRuns() async throws {
    let run = try await BrokenRun()
    let fixture = run.fixture
    let help = "\n   = help: conn runs lists them\n"
    let none = try await fixture.shell("conn resume --yes none")
    #expect(none.exitCode == 2)
    #expect(none.errors == "error: there is no run `none`" + help)
    _ = try await fixture.shell("conn eval 'get 37 | update folder_id = 28940' --yes")
    let ambiguous = try await fixture.shell("conn resume --yes 20")
    #expect(ambiguous.exitCode == 2)
    #expect(ambiguous.errors == "error: `20` matches 2 runs" + help)
    let finished = try #require(fixture.runs.first { $0.lastPathComponent != run.id })
      .lastPathComponent
    let nothing = try await fixture.shell("conn resume --yes \(finished)")
    #expect(nothing.exitCode == 2)
    #expect(
      nothing.errors
        == "error: run \(finished) is finished; nothing is left to do\n"
        + "   = help: conn runs lists all runs\n")
    try await fixture.close()
  }

  /// `last` and a part of the name stand for a run.
  @Test func runsHaveShortNames() async throws {
    let fixture = try await WriteFixture()
    for name in ["a", "b"] {
      _ = try await fixture.shell("conn eval 'get 37 | update name = \"\(name)\"' --yes --rate 20")
    }
    let runs = fixture.runs.map(\.lastPathComponent)
    try #require(runs.count == 2)
    let part = String(runs[0].dropFirst(8).dropLast(1))
    for (name, run) in [
      ("last", runs[1]), ("last-0", runs[1]), ("last-1", runs[0]), (part, runs[0]),
    ] {
      let page = try await fixture.shell("conn show \(name)")
      #expect(page.output.hasPrefix("Run \(run)\n"), "\(name): \(page.errors)")
    }
    for name in ["last-2", "last--1", "lastly"] {
      let none = try await fixture.shell("conn show \(name)")
      #expect(none.exitCode == 2, "\(name)")
    }
    try await fixture.close()
  }

  /// A run belongs to one process at a time; the first is stopped after a call.
  @Test(arguments: [false, true])
  func refusesARunInProgress(_ isResumed: Bool) async throws {
    let expected = try await WriteFixture.undisturbed()
    let fixture = try await WriteFixture()
    if isResumed { _ = try await fixture.shimmed(WriteFixture.run, "c:6:after") }
    let line = isResumed ? WriteFixture.resume : WriteFixture.run
    let result = try await fixture.shell(
      """
      env LD_PRELOAD=$SHIM CONN_SHIM=c:2:s\(SIGSTOP) \(line) > /dev/null 2>&1 & pid=$!
      until grep -q "^State:.T" /proc/$pid/status; do :; done
      \(WriteFixture.resume) $(ls state/conn/runs); echo "second: $?"
      \(WriteFixture.resume); echo "latest: $?"
      conn runs | grep -o '"state":"[a-z ]*"'
      kill -CONT $pid; wait $pid; echo "first: $?"
      """)
    let id = try #require(fixture.runs.first).lastPathComponent
    #expect(
      result.errors.hasSuffix(
        """
        error: run \(id) is still running in another process
        error: there is no interrupted run; still running: \(id)
           = help: conn runs lists all runs

        """))
    #expect(result.output == "second: 10\nlatest: 2\n\"state\":\"under way\"\nfirst: 0\n")
    expectEqual(await fixture.world(), expected)
    try await fixture.close()
  }

  /// The latest run may be the one that is meant, so an older one is not used instead.
  @Test func refusesAnUnreadableLatestRun() async throws {
    let run = try await BrokenRun()
    let fixture = run.fixture
    // Runs within the same second have no order.
    _ = try await fixture.shell("sleep 1; conn eval 'get 37 | update folder_id = 28940' --yes")
    let latest = try #require(fixture.runs.last).lastPathComponent
    _ = try await fixture.shell("echo '{}' >> state/conn/runs/\(latest)/journal.jsonl")
    let before = await fixture.server.requests().count
    let refused = try await fixture.shell(WriteFixture.resume)
    #expect(refused.exitCode == 10)
    #expect(refused.errors.contains("error: the journal of run \(latest) can't be used: line "))
    #expect(
      refused.errors.contains(
        "help: this may be the run to resume; to resume another one: conn resume RUN\n"))
    expectEqual(await fixture.server.requests().count, before)
    let resumed = try await fixture.shell("\(WriteFixture.resume) \(run.id)")
    #expect(resumed.exitCode == 0, "\(resumed.errors)")
    try await fixture.close()
  }

  // MARK: The state directory

  /// The names of a run and of its parent directories are made durable.
  @Test func syncsEachNewName() async throws {
    let fixture = try await WriteFixture()
    let environment = "LD_PRELOAD=$SHIM CONN_SHIM_SYNCS=synced XDG_STATE_HOME=\"$PWD/a/b\""
    let result = try await fixture.shell("\(environment) \(WriteFixture.run); sort -u synced")
    #expect(result.exitCode == 0, "\(result.errors)")
    let home = fixture.directory.path
    let run = try await fixture.shell("ls a/b/conn/runs").output.dropLast()
    let lines = result.output.split(separator: "\n").filter { $0.hasPrefix("/") }.map {
      $0.replacing(home, with: "").replacing(run, with: "RUN")
    }
    #expect(lines == ["", "/a", "/a/b", "/a/b/conn", "/a/b/conn/runs", "/a/b/conn/runs/RUN"])
    try await fixture.close()
  }

  @Test(arguments: [
    (
      "mkdir -p state/conn/runs; chmod 777 state/conn/runs", "",
      "`DIRECTORY/state/conn/runs` is writable by other users: chmod 700 DIRECTORY/state/conn/runs"
    ),
    (
      "mkdir -p state/conn; chmod 770 state/conn", "",
      "`DIRECTORY/state/conn` is writable by other users: chmod 700 DIRECTORY/state/conn"
    ),
    (
      "mkdir state; touch state/conn", "",
      "cannot create `DIRECTORY/state/conn/runs`: Not a directory"
    ),
    (
      "mkdir -p state/conn; ln -s /tmp state/conn/runs", "",
      "`DIRECTORY/state/conn/runs` is not a directory"
    ),
    (
      ":", "XDG_STATE_HOME=/proc/none",
      "cannot create the state directory: check $XDG_STATE_HOME and $HOME"
    ),
    (
      ":", "-u XDG_STATE_HOME -u HOME",
      "cannot create the state directory: check $XDG_STATE_HOME and $HOME"
    ),
    (
      ":", "LD_PRELOAD=$SHIM CONN_SHIM=f:1:28",
      "script.conn`: No space left on device"
    ),
    (":", "LD_PRELOAD=$SHIM CONN_SHIM=f:2:28", "journal.jsonl`: No space left on device"),
    (":", "LD_PRELOAD=$SHIM CONN_SHIM=f:3:28", "list-1.json`: No space left on device"),
  ])
  func sendsNothingIfTheRunCannotBeStored(
    _ change: String, _ environment: String, _ message: String
  ) async throws {
    let fixture = try await WriteFixture()
    let result = try await fixture.shell("\(change); exec env \(environment) \(WriteFixture.run)")
    #expect(result.exitCode == 10, "\(result.errors)")
    let errors = result.errors.replacing(fixture.directory.path, with: "DIRECTORY")
    #expect(errors.contains("can't record the run, so nothing was sent"), "\(errors)")
    #expect(errors.contains(message), "\(errors)")
    expectEqual(await fixture.writes(), [])
    try await fixture.close()
  }
}

struct FixedClock: HostClock {
  let time: Int64

  func microseconds() -> Int64 { time }
  func uptime() -> Double { 0 }
  func sleep(seconds: Double) async throws {}
}
