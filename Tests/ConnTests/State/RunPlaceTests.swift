import Foundation
import Simulator
import TestSupport
import Testing

@testable import conn

/// The directories and names of runs.
@Suite(.serialized) struct RunPlaceTests {
  @Test func stateIsPrivate() async throws {
    let bench = try await WriteBench()
    let result = try await bench.shell(
      "export CONN_PROCESS=1; umask 000; \(WriteBench.run) > /dev/null; find state/conn -perm /077; "
        + "find state/conn -type f | wc -l")
    // The journal, the script, two lists; the pace file and its lock.
    #expect(result.output == "6\n")
    try await bench.close()
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
      "env EXT=7 " + WriteBench.run, at: "c:3:after", writes: 1, script: script)
    let bench = run.bench
    let refused = try await bench.shell(WriteBench.resume)
    #expect(refused.exitCode == 9, "\(refused.errors)")
    #expect(refused.errors.contains("EXT"), "\(refused.errors)")
    #expect(refused.errors.contains("To resume: conn resume \(run.id)\n"), "\(refused.errors)")
    expectEqual(await bench.writes().count, 1)
    let resumed = try await bench.shell("EXT=7 " + WriteBench.resume)
    #expect(resumed.exitCode == 0, "\(resumed.errors)")
    try await bench.close()
  }

  /// On a terminal, the number of remaining writes is typed; a single write needs a yes.
  @Test(arguments: [("n", 4), ("4", 0)])
  func resumeAsksForTheNumberOfWrites(_ answer: String, _ code: Int) async throws {
    let script = "get 36, 37 | update name = f\"{name} (old)\" | disconnect\n"
    let run = try await BrokenRun(at: "j:4:before", writes: 0, script: script)
    expectEqual(try await answered(run, "Type 4 to continue: ", answer), code)
    if code != 0 { try await run.expectToGoOn(try await WriteBench.undisturbed(script)) }
    try await run.bench.close()
  }

  @Test(arguments: [("Y", 0), ("no", 4)])
  func resumeAsksYesForOneWrite(_ answer: String, _ code: Int) async throws {
    let run = try await BrokenRun(
      at: "c:2:before", writes: 0, script: "get 36 | update folder_id = 5\n")
    expectEqual(try await answered(run, "Continue? [y/N] ", answer), code)
    try await run.bench.close()
  }

  private func answered(_ run: BrokenRun, _ question: String, _ answer: String) async throws -> Int
  {
    let environment = Program.environment([
      "XDG_STATE_HOME": run.bench.directory.appending(path: "state").path,
      "WORKATO_HOST": run.bench.server.url, "WORKATO_API_TOKEN": run.bench.server.token,
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
      SystemRunStore.newName(FixedClock(time: start + Int64(step) * 1_000))
    }
    #expect(names == names.sorted())
    #expect(names[0].hasPrefix("20260131T100000Z-"))
    #expect(names.allSatisfy { $0.count == names[0].count })
    expectEqual(Set(names.map { $0.prefix(17) }).count, 1)
  }

  @Test func rejectsUnknownAmbiguousAndFinishedRuns() async throws {
    let run = try await BrokenRun()
    let bench = run.bench
    let help = "\n   = help: conn runs lists them\n"
    let none = try await bench.shell("conn resume --yes none")
    #expect(none.exitCode == 2)
    #expect(none.errors == "error: there is no run `none`" + help)
    _ = try await bench.shell("conn eval 'get 37 | update folder_id = 28940' --yes")
    let ambiguous = try await bench.shell("conn resume --yes 20")
    #expect(ambiguous.exitCode == 2)
    #expect(ambiguous.errors == "error: `20` matches 2 runs" + help)
    let finished = try #require(bench.runs.first { $0.lastPathComponent != run.id })
      .lastPathComponent
    let nothing = try await bench.shell("conn resume --yes \(finished)")
    #expect(nothing.exitCode == 2)
    #expect(
      nothing.errors
        == "error: run \(finished) is finished; nothing is left to do\n"
        + "   = help: conn runs lists all runs\n")
    try await bench.close()
  }

  /// A run belongs to one process at a time; the first is stopped after a call.
  @Test(arguments: [false, true])
  func refusesARunInProgress(_ isResumed: Bool) async throws {
    let expected = try await WriteBench.undisturbed()
    let bench = try await WriteBench()
    if isResumed { _ = try await bench.shimmed(WriteBench.run, "c:6:after") }
    let line = isResumed ? WriteBench.resume : WriteBench.run
    let result = try await bench.shell(
      """
      env LD_PRELOAD=$SHIM CONN_SHIM=c:2:s\(SIGSTOP) \(line) > /dev/null 2>&1 & pid=$!
      until grep -q "^State:.T" /proc/$pid/status; do :; done
      \(WriteBench.resume) $(ls state/conn/runs); echo "second: $?"
      \(WriteBench.resume); echo "latest: $?"
      conn runs | grep -o '"state":"[a-z ]*"'
      kill -CONT $pid; wait $pid; echo "first: $?"
      """)
    let id = try #require(bench.runs.first).lastPathComponent
    #expect(
      result.errors.hasSuffix(
        """
        error: run \(id) is still running in another process
        error: there is no interrupted run; still running: \(id)
           = help: conn runs lists all runs

        """))
    #expect(result.output == "second: 10\nlatest: 2\n\"state\":\"under way\"\nfirst: 0\n")
    expectEqual(await bench.world(), expected)
    try await bench.close()
  }

  /// The latest run may be the one that is meant, so an older one is not used instead.
  @Test func refusesAnUnreadableLatestRun() async throws {
    let run = try await BrokenRun()
    let bench = run.bench
    // Runs within the same second have no order.
    _ = try await bench.shell("sleep 1; conn eval 'get 37 | update folder_id = 28940' --yes")
    let latest = try #require(bench.runs.last).lastPathComponent
    _ = try await bench.shell("echo '{}' >> state/conn/runs/\(latest)/journal.jsonl")
    let before = await bench.server.requests().count
    let refused = try await bench.shell(WriteBench.resume)
    #expect(refused.exitCode == 10)
    #expect(refused.errors.contains("error: the journal of run \(latest) can't be used: line "))
    #expect(
      refused.errors.contains(
        "help: this may be the run to resume; to resume another one: conn resume RUN\n"))
    expectEqual(await bench.server.requests().count, before)
    let resumed = try await bench.shell("\(WriteBench.resume) \(run.id)")
    #expect(resumed.exitCode == 0, "\(resumed.errors)")
    try await bench.close()
  }

  // MARK: The state directory

  /// The names of a run and of its parent directories are made durable.
  @Test func syncsEachNewName() async throws {
    let bench = try await WriteBench()
    let environment = "LD_PRELOAD=$SHIM CONN_SHIM_SYNCS=synced XDG_STATE_HOME=\"$PWD/a/b\""
    let result = try await bench.shell("\(environment) \(WriteBench.run); sort -u synced")
    #expect(result.exitCode == 0, "\(result.errors)")
    let home = bench.directory.path
    let run = try await bench.shell("ls a/b/conn/runs").output.dropLast()
    let lines = result.output.split(separator: "\n").filter { $0.hasPrefix("/") }.map {
      $0.replacing(home, with: "").replacing(run, with: "RUN")
    }
    #expect(lines == ["", "/a", "/a/b", "/a/b/conn", "/a/b/conn/runs", "/a/b/conn/runs/RUN"])
    try await bench.close()
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
    _ change: String, _ environment: String, _ words: String
  ) async throws {
    let bench = try await WriteBench()
    let result = try await bench.shell("\(change); exec env \(environment) \(WriteBench.run)")
    #expect(result.exitCode == 10, "\(result.errors)")
    let said = result.errors.replacing(bench.directory.path, with: "DIRECTORY")
    #expect(said.contains("can't record the run, so nothing was sent"), "\(said)")
    #expect(said.contains(words), "\(said)")
    expectEqual(await bench.writes(), [])
    try await bench.close()
  }
}

private struct FixedClock: HostClock {
  let time: Int64

  func microseconds() -> Int64 { time }
  func uptime() -> Double { 0 }
  func sleep(seconds: Double) async throws {}
}
