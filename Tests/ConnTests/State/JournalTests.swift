import Foundation
import Simulator
import TestSupport
import Testing

/// Runs whose files were changed from outside.
@Suite struct JournalTests {
  @Test func setsATornLineAside() async throws {
    let expected = try await WriteFixture.undisturbed()
    for torn in [#"{"prev":"#, "\u{0}\u{0}\u{0}", #"{"prev":"\#u{1B}[2J"#] {
      let run = try await BrokenRun()
      try run.write(run.lines.map { $0 + "\n" }.joined() + torn)
      try await run.expectResume(expected)
      let file = try #require(run.fixture.runs.first).appending(path: "journal.torn")
      expectEqual(String(decoding: try Data(contentsOf: file), as: UTF8.self), torn)
      try await run.fixture.close()
    }
  }

  private static let distrust = "error: the journal of run ID can't be used: line "

  @Test func rejectsAChangedByte() async throws {
    let run = try await BrokenRun()
    for index in run.lines.indices {
      for offset in [0, 20, 90, run.lines[index].utf8.count / 2, run.lines[index].utf8.count - 1] {
        var lines = run.lines
        var bytes = Array(lines[index].utf8)
        bytes[offset] ^= 1
        lines[index] = String(decoding: bytes, as: UTF8.self)
        try run.write(lines: lines)
        try await run.expectRefusal(10, Self.distrust, "line \(index + 1), byte \(offset): ")
      }
    }
    try await run.fixture.close()
  }

  @Test func rejectsLostDoubledAndSwappedLines() async throws {
    let run = try await BrokenRun()
    for index in run.lines.indices.dropLast() {
      var lines = run.lines
      lines.remove(at: index)  // but for the last one, which may as well never have been written
      try run.write(lines: lines)
      try await run.expectRefusal(
        10, Self.distrust + "\(index + 1): it doesn't follow the previous line", "lost: ")
      lines = run.lines
      lines.insert(lines[index], at: index)
      try run.write(lines: lines)
      try await run.expectRefusal(
        10, Self.distrust + "\(index + 2): it doesn't follow the previous line", "doubled: ")
      lines = run.lines
      lines.swapAt(index, index + 1)
      try run.write(lines: lines)
      try await run.expectRefusal(
        10, Self.distrust + "\(index + 1): it doesn't follow the previous line", "swapped: ")
    }
    try await run.fixture.close()
  }

  @Test(arguments: [
    (
      "rm J",
      "error: run ID has no journal: cannot read `DIRECTORY/state/conn/runs/ID/journal.jsonl`: No such file or directory"
    ),
    (": > J", "error: the journal of run ID is empty: the run sent nothing"),
    (
      "rm J; mkdir J",
      "error: run ID has no journal: cannot read `DIRECTORY/state/conn/runs/ID/journal.jsonl`: Is a directory"
    ),
    ("mv J K; ln -s journal.old J", "is a symbolic link"),
    (
      "head -1 J | sed 's/\"format\":1/\"format\":2/' > K; mv K J",
      "can't be used: line 1: written by a newer conn"
    ),
    ("echo null > J", "can't be used: line 1: not a JSON object"),
    ("echo > J", "can't be used: line 1: not a JSON object"),
    (
      "head -c 100000 /dev/zero | tr '\\0' '[' > J; echo >> J",
      "can't be used: line 1: not a JSON object"
    ),
    (
      "head -1 J | sed 's/run-start/run-stop/' > K; mv K J",
      "can't be used: line 1: it was modified"
    ),
    ("echo ' ' >> list-1.json", "error: `list-1.json` of run ID was modified"),
    (
      "rm list-1.json",
      "error: cannot read `DIRECTORY/state/conn/runs/ID/list-1.json`: No such file or directory"
    ),
  ])
  func rejectsDamagedJournals(_ change: String, _ message: String) async throws {
    let run = try await BrokenRun()
    let line = change.replacing("J", with: "journal.jsonl").replacing("K", with: "journal.old")
    let changed = try await run.fixture.shell("cd state/conn/runs/*/; \(line)")
    #expect(changed.exitCode == 0, "\(changed.errors)")
    try await run.expectRefusal(10, message)
    try await run.fixture.close()
  }

  @Test(arguments: ["echo '## more' >> script.conn", "echo 'get 36 |' > script.conn"])
  func refusesAChangedScript(_ change: String) async throws {
    let run = try await BrokenRun()
    _ = try await run.fixture.shell("cd state/conn/runs/*/; \(change)")
    try await run.expectRefusal(
      6, "error: `script.conn`, or a file that it uses, has changed since the run started")
    try await run.fixture.close()
  }

  @Test(arguments: [
    ("def chosen() = where id == 38\n", "has changed since the run started"),
    ("def chosen( = \n", "has changed since the run started"),
  ])
  func refusesAChangedUsedFile(_ text: String, _ message: String) async throws {
    let script = "use \"lib.conn\"\nget 36, 37 | chosen() | disconnect\n"
    let line =
      "bash -c 'printf \"def chosen() = where id == 37\\n\" > lib.conn; exec \(WriteFixture.run)'"
    let run = try await BrokenRun(line, at: "c:2:before", writes: 0, script: script)
    try run.fixture.put("lib.conn", text)
    try await run.expectRefusal(6, message)
    try await run.fixture.close()
  }

  private static let rows =
    "bash -c 'printf \"name\\nold\\n\" > rows.csv; exec \(WriteFixture.run)'"

  /// The run resumes with the rows that it started with, whatever happened to the file.
  @Test(arguments: [
    "printf 'name\\nother\\n' > rows.csv", "printf 'name\\na\\nb\\n' > rows.csv",
    "printf 'title\\na\\n' > rows.csv", ": > rows.csv", "rm rows.csv",
    "rm rows.csv; mkdir rows.csv",
  ])
  func usesTheSavedRowsOfAChangedFile(_ change: String) async throws {
    let run = try await BrokenRun(
      Self.rows, at: "c:2:before", writes: 0,
      script: """
        let names = from "rows.csv" | select name
        for row in $names { get 36 | update name = $row.name }

        """)
    let changed = try await run.fixture.shell(change)
    #expect(changed.exitCode == 0)
    let result = try await run.fixture.shell("conn resume --yes \(run.id)")
    #expect(result.exitCode == 0, "\(result.errors)")
    #expect(
      result.errors.contains(
        "`rows.csv` has changed since the run started; its rows are used as they were then."),
      "\(result.errors)")
    let names = await run.fixture.server.connections().map(\.name)
    #expect(names.contains("old"))
    try await run.fixture.close()
  }

  /// The script overwrites the file it read.
  @Test(arguments: ["c:5:before", "c:6:before", "c:6:after"])
  func usesTheSavedRowsOfAFileTheRunChanged(_ point: String) async throws {
    let run = try await BrokenRun(
      Self.rows, at: point, writes: point == "c:6:after" ? 2 : 1,
      script: """
        let names = from "rows.csv" | select name
        for row in $names { get 36 | update name = $row.name }
        get 36 | select name = "new" | save replace "rows.csv"
        get 37 | update name = "last"

        """)
    expectEqual(try await run.fixture.shell("cat rows.csv").output, "name\r\nnew\r\n")
    let result = try await run.fixture.shell("conn resume --yes \(run.id)")
    #expect(result.exitCode == 0, "\(result.errors)")
    #expect(result.errors.contains("its rows are used as they were then"), "\(result.errors)")
    expectEqual(Set(await run.fixture.server.connections().map(\.name)), ["old", "last"])
    try await run.fixture.close()
  }

  /// The file that the first part of the run saved is no reason to refuse the rest.
  @Test func savesAgainWhatTheRunSaved() async throws {
    let run = try await BrokenRun(
      Self.rows, at: "c:6:before", writes: 1,
      script: """
        let names = from "rows.csv" | select name
        for row in $names { get 36 | update name = $row.name }
        get 36 | select id | save "saved.csv"
        get 37 | update name = "last"

        """)
    expectEqual(try await run.fixture.shell("cat saved.csv").output, "id\r\n36\r\n")
    let result = try await run.fixture.shell("conn resume --yes \(run.id)")
    #expect(result.exitCode == 0, "\(result.errors)")
    try await run.fixture.close()
  }

  /// Rows that may contain a credential are not saved, so the run can't be resumed from them.
  @Test(arguments: [
    (#"from "rows.csv" | create name = "n", provider = "jira", input = { user: name }"#, "name"),
    (#"from "rows.csv" | create name = api_token, provider = "jira""#, "api_token"),
  ])
  func doesNotSaveFilesWithCredentials(_ script: String, _ column: String) async throws {
    let line = Self.rows.replacing("name", with: column)
    let run = try await BrokenRun(line, at: "c:2:before", writes: 0, script: script + "\n")
    expectEqual(try await run.fixture.shell("ls state/conn/runs/*/ | grep rows").output, "")
    let digest = try await run.fixture.shell("sha256sum < rows.csv").output.prefix(64)
    #expect(try !run.fixture.journal().contains(digest), "a digest of a credential can be guessed")
    try run.fixture.put("rows.csv", "\(column)\nother\nanother\nlast\n")
    try await run.expectRefusal(
      6, "error: `rows.csv` has changed since the run started, and no copy was kept")
    try await run.fixture.close()
  }

  @Test(arguments: ["echo other >> rows-1", "rm rows-1", "rm rows-1; mkdir rows-1"])
  func rejectsAChangedSavedFile(_ change: String) async throws {
    let run = try await BrokenRun(
      Self.rows, at: "c:2:before", writes: 0,
      script: "from \"rows.csv\" | create name = name, provider = \"jira\"\n")
    _ = try await run.fixture.shell("cd state/conn/runs/*/; \(change)")
    try await run.expectRefusal(10, "rows-1`")
    try await run.fixture.close()
  }

  @Test func rejectsAnUnknownRecord() async throws {
    let run = try await BrokenRun()
    expectEqual(try await run.sealed(run.lines[0]), run.lines[0])
    let changes = [
      ("run-start", "run-stop"), (#""keeps_script":true"#, #""keeps_script":1"#),
      (#""arguments":[]"#, #""arguments":[1]"#), (#""now":""#, #""noon":""#),
    ]
    for (old, new) in changes {
      try run.write(lines: [try await run.sealed(run.lines[0].replacing(old, with: new))])
      try await run.expectRefusal(10, Self.distrust + "1: not a journal record", new)
    }
    try await run.fixture.close()
  }

  @Test func escapesHostileText() async throws {
    let run = try await BrokenRun()
    let hostile = run.lines[0].replacing(
      #""script":"script.conn""#, with: #""script":"\u001b[2J\u202Ex""#)
    #expect(hostile != run.lines[0])
    try run.write(lines: [try await run.sealed(hostile)])
    let runs = try await run.fixture.shell("conn runs").output
    #expect(runs.contains(#""state":"interrupted""#))
    for line in ["conn runs --output table", "conn runs", "conn resume", "conn resume --yes"] {
      let result = try await run.fixture.shell(line)
      #expect(
        !(result.output + result.errors).contains { "\u{1B}\u{202E}".contains($0) }, "\(line)")
    }
    try await run.fixture.close()
  }
}
