import Execution
import Foundation
import Simulator
import TestSupport
import Testing

@testable import conn

/// Runs that lose their journal, fail before their first write, or begin at the same time.
@Suite(.serialized) struct OpenRunTests {
  // MARK: The journal's name

  private static let lost =
    "can't write the journal: `DIRECTORY/state/conn/runs/ID/journal.jsonl` was removed, replaced or changed"

  /// The process stands still when its first update is sent, until the files are changed.
  @Test(arguments: [
    "rm D/journal.jsonl", "rm -r D", "mv D D.old; mkdir -m 700 D", "mv state/conn/runs state/other",
    "cp D/journal.jsonl D/j; mv D/j D/journal.jsonl",
    "mv D/journal.jsonl D/j; ln -s j D/journal.jsonl",
    ": > D/journal.jsonl", "echo '{}' >> D/journal.jsonl",
  ])
  func sendsNothingOnceTheJournalIsLost(_ change: String) async throws {
    let fixture = try await WriteFixture()
    let result = try await fixture.shell(
      """
      env LD_PRELOAD=$SHIM CONN_SHIM=c:3:s\(SIGSTOP) conn run script.conn --yes --max-writes 9 --rate 1 2> errors & pid=$!
      until grep -q "^State:.T" /proc/$pid/status; do :; done
      D=$(echo state/conn/runs/*); basename $D > id; \(change.replacing("D", with: "$D"))
      kill -CONT $pid; wait $pid; code=$?; sed "s/$(cat id)/ID/g" errors >&2; exit $code
      """)
    let errors = result.errors.replacing(fixture.directory.path, with: "DIRECTORY")
    #expect(result.exitCode == 10, "\(errors)")
    #expect(errors.contains("error: \(Self.lost)"), "\(errors)")
    #expect(errors.contains("This run can't be resumed: its journal was "), "\(errors)")
    #expect(!errors.contains("conn resume"), "\(errors)")
    #expect(errors.contains("1 of 2 updated"), "\(errors)")
    expectEqual(await fixture.writes(), ["PUT /api/connections/36"])
    try await fixture.close()
  }

  /// The call whose intent is in the journal waits for its turn meanwhile.
  @Test func looksAgainBeforeEachCall() async throws {
    let fixture = try await WriteFixture(script: "get 36, 37 | update folder_id = 28940\n")
    let result = try await fixture.shell(
      """
      conn run script.conn --yes --rate 0.5 & pid=$!
      until grep -q '"type":"intent","write":2' state/conn/runs/*/journal.jsonl; do sleep 0.05; done
      rm state/conn/runs/*/journal.jsonl; wait $pid
      """)
    #expect(result.exitCode == 10, "\(result.errors)")
    expectEqual(await fixture.writes(), ["PUT /api/connections/36"])
    try await fixture.close()
  }

  // MARK: Before the first write

  /// The run that was interrupted is resumed, not the later one that sent nothing.
  @Test(arguments: ["j:4:28", "j:4:before", "j:3:half"])
  func runWithoutAWriteHidesNoOlderOne(_ point: String) async throws {
    let run = try await BrokenRun()
    let later = try await run.fixture.shimmed("conn eval 'get 37 | disconnect' --yes", point)
    #expect(later.exitCode != 0)
    expectEqual(run.fixture.runs.count, 2)
    let resumed = try await run.fixture.shell(WriteFixture.resume)
    #expect(resumed.exitCode == 0, "\(resumed.errors)")
    expectEqual(await run.fixture.world(), try await WriteFixture.undisturbed())
    let none = try await run.fixture.shell(WriteFixture.resume)
    #expect(none.errors.contains("there is no interrupted run"), "\(none.errors)")
    try await run.fixture.close()
  }

  /// The ids before a create can't be listed, so nothing is sent.
  @Test func runThatFailedBeforeItsFirstWriteIsOver() async throws {
    let fault = SimulatorFault(on: .list, nth: 2, times: 9, play: .status(401))
    let fixture = try await WriteFixture(
      [fault], script: "create name = \"n\", provider = \"jira\"\n")
    let result = try await fixture.shell(WriteFixture.run)
    #expect(result.exitCode == 3, "\(result.errors)")
    #expect(!result.errors.contains("resume"), "\(result.errors)")
    let id = try #require(fixture.runs.first).lastPathComponent
    let resumed = try await fixture.shell("\(WriteFixture.resume) \(id)")
    #expect(resumed.errors.contains("run \(id) is finished"), "\(resumed.errors)")
    try await fixture.close()
  }

  // MARK: Names

  /// Also within one millisecond, and after the clock was set back.
  @Test func namesFollowOneAnother() throws {
    let start: Int64 = 1_769_853_600_000_000
    let directory = try Program.makeScratch().appending(path: "runs").path
    var names: [String] = []
    for time in [0, 0, 0, 2_000, 1_000, 999_999, -3_600_000_000, 1_000_000] {
      let store = try Self.store(in: directory, at: start + Int64(time))
      names.append(try #require(try store.create().id))
    }
    #expect(names == names.sorted() && Set(names).count == names.count, "\(names)")
    #expect(names[0].hasPrefix("20260131T100000Z-00") && names[7].hasPrefix("20260131T100001Z-"))
    #expect(names.allSatisfy { RunName($0) != nil })
  }

  @Test func nextNameIsOfTheNextSecondAtTheEndOfOne() {
    expectEqual(RunName("20261231T235959Z-00ff")?.next.text, "20261231T235959Z-0100")
    expectEqual(RunName("20261231T235959Z-ffff")?.next.text, "20270101T000000Z-0000")
  }

  @Test(arguments: [
    "", "x", "20261231T235959Z", "20261231T235959Z-", "20261231T235959Z-fff",
    "20261331T235959Z-ffff",
    "20261231T235959Z-FFFF", "20261231T235959Z-ffff-", "20261231 235959Z-ffff",
    "20261231T235959Z-+fff",
    "２0261231T235959Z-ffff",
  ])
  func otherNamesAreNoRuns(_ name: String) { #expect(RunName(name) == nil) }

  private static func store(in directory: String, at time: Int64) throws -> SystemRunStore {
    let host = conn.Host(
      environment: [:], workingDirectory: "/", input: StandardInput(STDIN_FILENO),
      output: StandardOutput(output: STDOUT_FILENO, errors: STDERR_FILENO, isDumb: true),
      clock: FixedClock(time: time), interruptions: SignalInterruptions())
    return SystemRunStore(host, directory: directory)
  }
}
