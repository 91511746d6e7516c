import Foundation
import Simulator
import TestSupport
import Testing

/// Runs whose files are not as they were left.
@Suite struct JournalTests {
  /// A run that was killed while a disconnect was under way.
  private struct Broken {
    let bench: WriteBench
    let id: String
    let lines: [String]
    private let sent: Int

    init(
      _ line: String = WriteBench.run, at point: String = "c:6:after", writes: Int = 3,
      script: String? = nil
    ) async throws {
      bench = try await WriteBench(script: script ?? WriteBench.script)
      let killed = try await bench.shimmed(line, point)
      #expect(killed.exitCode == SIGKILL)
      id = try #require(bench.runs.first).lastPathComponent
      lines = try bench.journal().split(separator: "\n").map(String.init)
      // The calls that left before it was killed are under way for a moment.
      while await bench.writes().count < writes { await Task.yield() }
      sent = await bench.server.requests().count
    }

    func write(_ text: String, to name: String = "journal.jsonl") throws {
      try bench.put("state/conn/runs/\(id)/\(name)", text)
    }

    func write(lines: [String]) throws { try write(lines.map { $0 + "\n" }.joined()) }

    /// Going on is refused in these words, and nothing is sent.
    func expectRefusal(_ code: Int32, _ words: String, _ place: String = "") async throws {
      let result = try await bench.shell("conn resume --yes \(id)")
      #expect(result.exitCode == code, "\(place)\(result.errors)")
      let said = result.errors.replacing(id, with: "ID")
        .replacing(bench.directory.path, with: "DIRECTORY")
      #expect(said.contains(words), "\(place)\(said)")
      #expect(await bench.server.requests().count == sent, "\(place)")
    }

    func expectToGoOn(_ expected: WriteBench.World) async throws {
      let result = try await bench.shell("conn resume --yes \(id)")
      #expect(result.exitCode == 0, "\(result.errors)")
      #expect(await bench.world() == expected)
    }
  }

  @Test func aTornLineIsSetAside() async throws {
    let expected = try await WriteBench.undisturbed()
    for torn in [#"{"prev":"#, "\u{0}\u{0}\u{0}", #"{"prev":"\#u{1B}[2J"#] {
      let run = try await Broken()
      try run.write(run.lines.map { $0 + "\n" }.joined() + torn)
      try await run.expectToGoOn(expected)
      let file = try #require(run.bench.runs.first).appending(path: "journal.torn")
      #expect(String(decoding: try Data(contentsOf: file), as: UTF8.self) == torn)
      try await run.bench.close()
    }
  }

  private static let distrust = "error: the journal of run ID cannot be trusted: line "

  @Test func aByteThatWasChanged() async throws {
    let run = try await Broken()
    for place in run.lines.indices.dropLast() {
      for offset in [0, 20, 90, run.lines[place].utf8.count / 2, run.lines[place].utf8.count - 1] {
        var lines = run.lines
        var bytes = Array(lines[place].utf8)
        bytes[offset] ^= 1
        lines[place] = String(decoding: bytes, as: UTF8.self)
        try run.write(lines: lines)
        try await run.expectRefusal(10, Self.distrust, "line \(place + 1), byte \(offset): ")
      }
    }
    try await run.bench.close()
  }

  @Test func linesThatWereLostDoubledOrSwapped() async throws {
    let run = try await Broken()
    for place in run.lines.indices.dropLast() {
      var lines = run.lines
      lines.remove(at: place)
      try run.write(lines: lines)
      try await run.expectRefusal(
        10, Self.distrust + "\(place + 1): it does not follow the line before it", "lost: ")
      lines = run.lines
      lines.insert(lines[place], at: place)
      try run.write(lines: lines)
      try await run.expectRefusal(
        10, Self.distrust + "\(place + 2): it does not follow the line before it", "doubled: ")
      lines = run.lines
      lines.swapAt(place, place + 1)
      try run.write(lines: lines)
      try await run.expectRefusal(
        10, Self.distrust + "\(place + 1): it does not follow the line before it", "swapped: ")
    }
    try await run.bench.close()
  }

  @Test(arguments: [
    (
      "rm J",
      "error: run ID has no journal: cannot read `DIRECTORY/state/conn/runs/ID/journal.jsonl`: No such file or directory"
    ),
    (": > J", "error: the journal of run ID is empty: nothing was sent by it"),
    (
      "rm J; mkdir J",
      "error: run ID has no journal: cannot read `DIRECTORY/state/conn/runs/ID/journal.jsonl`: Is a directory"
    ),
    ("mv J K; ln -s journal.old J", "Too many levels of symbolic links"),
    (
      "head -1 J | sed 's/\"format\":1/\"format\":2/' > K; mv K J",
      "cannot be trusted: line 1: it was written by a newer conn"
    ),
    ("echo null > J", "cannot be trusted: line 1: it is no JSON object"),
    ("echo > J", "cannot be trusted: line 1: it is no JSON object"),
    (
      "head -c 100000 /dev/zero | tr '\\0' '[' > J; echo >> J",
      "cannot be trusted: line 1: it is no JSON object"
    ),
    (
      "head -1 J | sed 's/run-start/run-stop/' > K; mv K J",
      "cannot be trusted: line 1: it is no record of a journal"
    ),
    ("echo ' ' >> list-1.json", "error: `list-1.json` of run ID was changed"),
    (
      "rm list-1.json",
      "error: cannot read `DIRECTORY/state/conn/runs/ID/list-1.json`: No such file or directory"
    ),
  ])
  func filesThatWereChanged(_ change: String, _ words: String) async throws {
    let run = try await Broken()
    let line = change.replacing("J", with: "journal.jsonl").replacing("K", with: "journal.old")
    let changed = try await run.bench.shell("cd state/conn/runs/*/; \(line)")
    #expect(changed.exitCode == 0, "\(changed.errors)")
    try await run.expectRefusal(10, words)
    try await run.bench.close()
  }

  @Test(arguments: ["echo '## more' >> script.conn", "echo 'get 36 |' > script.conn"])
  func aScriptThatWasChanged(_ change: String) async throws {
    let run = try await Broken()
    _ = try await run.bench.shell("cd state/conn/runs/*/; \(change)")
    try await run.expectRefusal(
      6, "error: `script.conn`, or a file that it uses, has changed since the run was begun")
    try await run.bench.close()
  }

  @Test(arguments: [
    ("def chosen() = where id == 38\n", "has changed since the run was begun"),
    ("def chosen( = \n", "has changed since the run was begun"),
  ])
  func aUsedFileThatWasChanged(_ text: String, _ words: String) async throws {
    let script = "use \"lib.conn\"\nget 36, 37 | chosen() | disconnect\n"
    let line =
      "bash -c 'printf \"def chosen() = where id == 37\\n\" > lib.conn; exec \(WriteBench.run)'"
    let run = try await Broken(line, at: "c:2:before", writes: 0, script: script)
    try run.bench.put("lib.conn", text)
    try await run.expectRefusal(6, words)
    try await run.bench.close()
  }

  @Test(arguments: [
    ("name\nother\n", "error: the script now plans other writes than the journal holds"),
    ("name\na\nb\n", "error: the script now plans other writes than the journal holds"),
    ("title\na\n", "has changed since the run was begun"),
  ])
  func aFileOfRowsThatWasChanged(_ text: String, _ words: String) async throws {
    let script = "from \"rows.csv\" | create name = name, provider = \"jira\"\n"
    let line = "bash -c 'printf \"name\\na\\n\" > rows.csv; exec \(WriteBench.run)'"
    let run = try await Broken(line, at: "c:2:before", writes: 0, script: script)
    try run.bench.put("rows.csv", text)
    try await run.expectRefusal(6, words)
    try await run.bench.close()
  }

  @Test func hostileTextIsShownHarmlessly() async throws {
    let run = try await Broken()
    let hostile = run.lines[0].replacing(
      #""script":"script.conn""#, with: #""script":"\u001b[2J\u202Ex""#)
    #expect(hostile != run.lines[0])
    try run.write(lines: [hostile])
    for line in ["conn runs --output table", "conn runs", "conn resume", "conn resume --yes"] {
      let result = try await run.bench.shell(line)
      #expect(
        !(result.output + result.errors).contains { "\u{1B}\u{202E}".contains($0) }, "\(line)")
    }
    try await run.bench.close()
  }

  // MARK: Names

  @Test func runsThatCannotBeMeant() async throws {
    let run = try await Broken()
    let bench = run.bench
    let help = "\n   = help: conn runs lists them\n"
    let none = try await bench.shell("conn resume --yes none")
    #expect(none.exitCode == 2)
    #expect(none.errors == "error: there is no run `none`" + help)
    _ = try await bench.shell("conn eval 'get 37 | update folder_id = 28940' --yes")
    let ambiguous = try await bench.shell("conn resume --yes 20")
    #expect(ambiguous.exitCode == 2)
    #expect(ambiguous.errors == "error: `20` may mean 2 runs" + help)
    let finished = try #require(bench.runs.first { $0.lastPathComponent != run.id })
      .lastPathComponent
    let nothing = try await bench.shell("conn resume --yes \(finished)")
    #expect(nothing.exitCode == 2)
    #expect(
      nothing.errors
        == "error: nothing is left of run \(finished)\n   = help: conn runs lists the runs\n")
    try await bench.close()
  }

  /// A run belongs to one process at a time.
  @Test(arguments: [false, true])
  func aRunThatIsUnderWay(_ isResumed: Bool) async throws {
    let expected = try await WriteBench.undisturbed()
    let bench = try await WriteBench([
      SimulatorFault(on: .delete, play: .slow(milliseconds: 4000))
    ])
    if isResumed { _ = try await bench.shimmed(WriteBench.run, "c:6:after") }
    let first = Task {
      try await bench.shell(isResumed ? WriteBench.resume : WriteBench.run)
    }
    while await bench.writes().last?.hasPrefix("DELETE") != true { await Task.yield() }
    let second = try await bench.shell(WriteBench.resume)
    #expect(second.exitCode == 10)
    let id = try #require(bench.runs.first).lastPathComponent
    #expect(second.errors == "error: run \(id) is under way in another process\n")
    #expect(try await bench.shell("conn runs").output.contains(#""state":"under way""#))
    #expect(try await first.value.exitCode == 0)
    #expect(await bench.world() == expected)
    try await bench.close()
  }

  // MARK: The state directory

  @Test(arguments: [
    (
      "mkdir -p state/conn/runs; chmod 777 state/conn/runs", "",
      "others can write to `DIRECTORY/state/conn/runs`: chmod 700 DIRECTORY/state/conn/runs"
    ),
    (
      "mkdir -p state/conn; chmod 770 state/conn", "",
      "others can write to `DIRECTORY/state/conn`: chmod 700 DIRECTORY/state/conn"
    ),
    (
      "mkdir state; touch state/conn", "",
      "cannot make `DIRECTORY/state/conn/runs`: Not a directory"
    ),
    (
      "mkdir -p state/conn; ln -s /tmp state/conn/runs", "",
      "`DIRECTORY/state/conn/runs` is no directory"
    ),
    (
      ":", "XDG_STATE_HOME=/proc/none",
      "cannot make the state directory: is $XDG_STATE_HOME or $HOME right?"
    ),
    (
      ":", "-u XDG_STATE_HOME -u HOME",
      "cannot make the state directory: is $XDG_STATE_HOME or $HOME right?"
    ),
    (
      ":", "LD_PRELOAD=$SHIM CONN_SHIM=f:1:28",
      "script.conn`: No space left on device"
    ),
    (":", "LD_PRELOAD=$SHIM CONN_SHIM=f:2:28", "journal.jsonl`: No space left on device"),
    (":", "LD_PRELOAD=$SHIM CONN_SHIM=f:3:28", "list-1.json`: No space left on device"),
  ])
  func nowhereToKeepARun(_ change: String, _ environment: String, _ words: String) async throws {
    let bench = try await WriteBench()
    let result = try await bench.shell("\(change); exec env \(environment) \(WriteBench.run)")
    #expect(result.exitCode == 10, "\(result.errors)")
    let said = result.errors.replacing(bench.directory.path, with: "DIRECTORY")
    #expect(said.contains("the run cannot be recorded, so nothing was sent"), "\(said)")
    #expect(said.contains(words), "\(said)")
    #expect(await bench.writes().isEmpty)
    try await bench.close()
  }
}
