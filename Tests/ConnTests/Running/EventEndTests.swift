import Foundation
import Simulator
import TestSupport
import Testing

/// The events of every run end with a summary that contains the program's exit code.
@Suite(.serialized, .ownThread) struct EventEndTests {
  private static let simulator = "--simulator --events e"

  /// A line of shell that needs no server, and its exit code.
  private static let lines: [(String, Int)] = [
    ("conn eval 'list | count' \(simulator)", 0),
    ("conn eval 'list' \(simulator) > /dev/full", 10),
    ("conn eval 'lisst' \(simulator)", 2),
    ("conn eval 'param n: int\nlist | first $n' \(simulator)", 2),
    ("conn run nothing.conn \(simulator)", 2),
    ("conn eval 'list' --simulator --snapshot nothing.json --events e", 2),
    ("conn eval 'list' --host http://127.0.0.1:9 --events e", 3),
    ("conn eval 'list' --profile nobody --events e", 2),
    ("conn eval 'get 36 | delete' \(simulator)", 4),
    ("conn eval 'get 36, 37 | delete' --yes --expect 3 \(simulator)", 5),
    ("conn eval 'get 36 | expect count == 2 | delete' --yes \(simulator)", 5),
    ("conn eval 'get 36 | disconnect' --yes --deadline 0s \(simulator)", 7),
    ("conn apply nothing.plan \(simulator)", 2),
    ("conn plan --eval 'lisst' \(simulator)", 2),
    ("conn plan --eval 'get 36 | delete' \(simulator) > /dev/full", 10),
    ("conn plan --eval 'get 36 | delete' -o /proc/plan \(simulator)", 2),
    ("conn plan --eval 'list' --profile nobody --events e", 2),
    ("conn repl \(simulator) < /dev/null", 0),
    ("conn repl \(simulator) <<< 'list | count'", 0),
    ("conn repl --host http://127.0.0.1:9 --events e < /dev/null", 3),
    ("conn repl --profile nobody --events e < /dev/null", 2),
  ]

  @Test(arguments: lines)
  func summaryNamesTheExitCode(_ line: String, _ code: Int) async throws {
    let desk = try Program.makeScratch()
    let result = try await Program.run("\(line); echo $? > code; cat e", in: desk)
    let text = try String(contentsOf: desk.appending(path: "code"), encoding: .utf8)
    #expect(text == "\(code)\n", "\(result.errors)")
    #expect(Self.end(of: result.output) == "summary \(code)", "\(result.output)")
    try FileManager.default.removeItem(at: desk)
  }

  /// `summary CODE`, if the last event is the only summary.
  private static func end(of events: String) -> String {
    guard events.ranges(of: #""type":"summary""#).count == 1, events.hasSuffix("\n"),
      let last = events.split(separator: "\n").last,
      let event = try? JSONSerialization.jsonObject(with: Data(last.utf8)) as? [String: Any],
      let type = event["type"] as? String, let code = event["exit"] as? Int
    else { return "no summary" }
    return "\(type) \(code)"
  }

  // MARK: Signals

  /// The run ends while it waits for the first list.
  @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
  func interruptionBeforeTheFirstWriteEndsWithASummary(_ signal: Int32) async throws {
    let fixture = try await WriteFixture([SimulatorFault(on: .list, play: .hang)])
    let result = try await fixture.shell(
      """
      set -m; export CONN_PROCESS=1
      \(WriteFixture.run) --events e & pid=$!
      until grep -q '"type":"run"' e 2> /dev/null; do :; done
      kill -\(signal) $pid; wait $pid; echo $? > code; cat e
      """)
    expectEqual(try await fixture.shell("cat code").output, "130\n")
    #expect(Self.end(of: result.output) == "summary 130", "\(result.output)")
    expectEqual(await fixture.writes(), [])
    #expect(fixture.runs.isEmpty)
    try await fixture.close()
  }

  /// The run ends at the confirmation.
  @Test(arguments: ["\u{3}", "no\r"])
  func unansweredConfirmationEndsWithASummary(_ keys: String) throws {
    let desk = try Program.makeScratch()
    let events = desk.appending(path: "e")
    let terminal = try PseudoTerminal(
      ["eval", "get 36, 37 | delete", "--simulator", "--events", events.path],
      environment: Program.environment(["XDG_STATE_HOME": desk.path, "TERM": "dumb"]))
    #expect(terminal.wait(for: "Type 2") != nil)
    terminal.type(keys)
    let code = keys == "no\r" ? Int32(4) : 130
    #expect(terminal.exitCode() == code)
    let text = try String(contentsOf: events, encoding: .utf8)
    #expect(Self.end(of: text) == "summary \(code)", "\(text)")
    try FileManager.default.removeItem(at: desk)
  }

  // MARK: Events that cannot be written

  private static let read = "conn eval 'list | count' --simulator --events"

  /// A reader of the events must not mistake a torn stream for a complete one.
  @Test(arguments: [
    ("\(read) - > /dev/full", "No space left on device"),
    ("\(read) /dev/full", "No space left on device"),
    ("export CONN_PROCESS=1; mkfifo p; exec 3<>p 4>p 3<&-; \(read) - >&4", "Broken pipe"),
    ("ulimit -f 0; \(read) e", "File too large"),
  ])
  func unwritableEventsAreAnError(_ line: String, _ reason: String) async throws {
    let desk = try Program.makeScratch()
    let result = try await Program.run("(\(line); echo \"exit $?\" >&2) 2>&1 | cat", in: desk)
    #expect(
      result.output.contains("error: cannot write the events: \(reason)\n"), "\(result.output)")
    #expect(result.output.hasSuffix("exit 10\n"), "\(result.output)")
    try FileManager.default.removeItem(at: desk)
  }

  /// conn waits for a slow reader.
  @Test func waitsForASlowReader() async throws {
    let desk = try Program.makeScratch()
    let data = (1...3).map { #"{"id":\#($0),"name":"\#(String(repeating: "n", count: 30_000))"}"# }
    try "[\(data.joined(separator: ","))]".write(
      to: desk.appending(path: "d.json"), atomically: true, encoding: .utf8)
    let result = try await Program.run(
      """
      mkfifo p; (exec < p; sleep 4; timeout 20 cat > all) & sleep 0.2
      conn eval 'list all | update folder_id = 2' --simulator --simulator-data d.json --events p --yes \
        --max-writes 3 > /dev/null; code=$?
      wait; tail -1 all | jq -r .type; test $(stat -c %s all) -gt 90000; echo $?; exit $code
      """, in: desk)
    #expect(result.exitCode == 0, "\(result.errors)")
    #expect(result.output == "summary\n0\n", "\(result.errors)")
    try FileManager.default.removeItem(at: desk)
  }

  @Test func refusesAPipeWithoutReader() async throws {
    let desk = try Program.makeScratch()
    let result = try await Program.run("mkfifo p; \(Self.read) p", in: desk)
    #expect(result.exitCode == 2)
    #expect(result.errors == "error: no process reads the pipe `p`\n")
    try FileManager.default.removeItem(at: desk)
  }

  /// A closed descriptor is not reused for something opened later.
  @Test(arguments: [">&-", "<&- >&-", "<&- >&- 2>&-"])
  func closedStreamsAreNotReused(_ closed: String) async throws {
    let result = try await Program.run("conn eval 'list | count' --simulator \(closed)")
    #expect(result.exitCode == 10, "\(result.errors)")
  }

  /// The run can be resumed: its journal is complete.
  @Test func runContinuesWithoutItsEvents() async throws {
    let expected = try await WriteFixture.undisturbed()
    let fixture = try await WriteFixture()
    let result = try await fixture.shell("\(WriteFixture.run) --events /dev/full")
    #expect(result.exitCode == 10, "\(result.errors)")
    #expect(result.errors.contains("Done: 2 of 2 updated, 2 of 2 disconnected, 1 of 1 deleted"))
    expectEqual(await fixture.world(), expected)
    try await fixture.close()
  }
}
