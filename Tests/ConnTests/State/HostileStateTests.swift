import Foundation
import TestSupport
import Testing

/// Deceptive names, and other objects where a file is expected.
@Suite(.ownThread) struct HostileStateTests {
  private static let name = #"$'x\e[2J\u202E'"#

  /// Runs a line in a new directory, which also contains the state; it must not take long.
  private func run(_ line: String) async throws -> Program.Result {
    let scratch = try Program.makeScratch()
    defer { try? FileManager.default.removeItem(at: scratch) }
    return try await Program.run(
      "cd '\(scratch.path)'; mkdir state; \(line)",
      environment: [
        "XDG_STATE_HOME": scratch.appending(path: "state").path,
        "XDG_CONFIG_HOME": scratch.appending(path: "config").path,
      ])
  }

  // MARK: Names

  @Test(arguments: [
    "conn run NAME", "conn run NAME --simulator", "conn check NAME", "conn fmt NAME",
    "conn explain NAME", "conn show NAME", "conn apply NAME", "conn resume --yes NAME",
    "conn undo NAME -o x", "conn runs --failed NAME", "conn eval list --snapshot NAME",
    "conn eval list --simulator --profile NAME", "conn eval list --simulator --events NAME/x",
    "conn eval list --simulator --simulator-data NAME", "conn eval list --host NAME",
    "conn eval list --token-from file:NAME", "conn eval NAME", "conn NAME", "conn --NAME",
    "conn runs --output NAME", "conn eval list --expect NAME", "conn eval list --deadline NAME",
    "conn eval list NAME=1", "conn plan NAME -o x", "conn simulate --data NAME",
    "conn profile show NAME", "echo 'list |' > NAME; conn check NAME",
    "echo 'list |' > NAME; conn run NAME", "echo 'list | save \"x\"' > NAME; conn check --fix NAME",
    "XDG_STATE_HOME=/proc/NAME conn runs", "XDG_CONFIG_HOME=/NAME conn profile list",
  ])
  func escapesNamesOnTheCommandLine(_ line: String) async throws {
    let result = try await run(line.replacing("NAME", with: Self.name) + " < /dev/null")
    #expect(!(result.output + result.errors).contains { "\u{1B}\u{202E}".contains($0) }, "\(line)")
    #expect(!(result.output + result.errors).isEmpty, "\(line)")
  }

  @Test func escapesCSVOnATerminal() async throws {
    let scratch = try Program.makeScratch()
    defer { try? FileManager.default.removeItem(at: scratch) }
    let rows = scratch.appending(path: "rows.json")
    try Data(#"[{"a": "x\u001b[2J\u202e"}]"#.utf8).write(to: rows)
    let line = #"from "\#(rows.path)" | show as csv"#
    let terminal = try PseudoTerminal(
      ["eval", line], environment: Program.environment(["XDG_STATE_HOME": scratch.path]))
    #expect(terminal.wait(for: #"x\u{1B}[2J\u{202E}"#) != nil)
    let piped = try await run("conn eval '\(line)' | tail -1")
    #expect(piped.output == "x\u{1B}[2J\u{202E}\r\n")
  }

  // MARK: Things that are not files

  @Test func replacesOnlyRegularFiles() async throws {
    let result = try await run(
      "mkfifo p.json; conn eval --simulator 'list | save replace \"p.json\"'; code=$?; test -p p.json || echo gone; exit $code"
    )
    #expect(result.exitCode == 2)
    #expect(result.errors.contains("`p.json` is not a regular file"), "\(result.errors)")
    #expect(result.output.isEmpty)
  }

  /// A pipe without a writer, a link to one, and a device.
  private static let kinds = [
    "mkfifo PLACE", "mkfifo p; ln -s $PWD/p PLACE", "ln -s /dev/zero PLACE", "mkdir PLACE",
  ]

  @Test(arguments: kinds)
  func refusesAJournalThatIsNotAFile(_ kind: String) async throws {
    let make =
      "mkdir -m 700 -p state/conn/runs/r; "
      + kind.replacing("PLACE", with: "state/conn/runs/r/journal.jsonl")
    for command in ["conn show r", "conn resume --yes r", "conn resume --yes", "conn undo r -o x"] {
      let result = try await run("\(make); timeout 20 \(command)")
      #expect(result.exitCode == 10, "\(command): \(result.errors)")
      #expect(result.errors.contains("run r has no journal: "), "\(command): \(result.errors)")
    }
    let list = try await run("\(make); timeout 20 conn runs")
    #expect(list.exitCode == 0)
    #expect(list.output.contains(#""state":"unreadable""#))
  }

  @Test(arguments: kinds)
  func refusesAPlanThatIsNotAFile(_ kind: String) async throws {
    for command in ["conn show x.plan", "conn apply x.plan --simulator --yes"] {
      let result = try await run(
        "\(kind.replacing("PLACE", with: "x.plan")); timeout 20 \(command)")
      #expect(result.exitCode != 0 && result.exitCode != 124, "\(command)")
      #expect(result.errors.contains("`x.plan`"), "\(command): \(result.errors)")
    }
  }

  @Test(arguments: kinds)
  func refusesAConfigurationThatIsNotAFile(_ kind: String) async throws {
    let make = "mkdir -p config/conn; " + kind.replacing("PLACE", with: "config/conn/config.conn")
    let result = try await run("\(make); timeout 20 conn profile list")
    #expect(result.exitCode == 2)
    #expect(
      result.errors.contains("config/conn/config.conn` is not a regular file"),
      "\(result.errors)")
  }

  /// A process that can't share the rate limit uses its own.
  @Test(arguments: kinds)
  func refusesAPaceFileThatIsNotAFile(_ kind: String) async throws {
    let make =
      "for n in json lock; do "
      + kind.replacing("PLACE", with: "$f.$n").replacing("p;", with: "p.$n;")
      .replacing("/p ", with: "/p.$n ") + "; done"
    let result = try await run(
      """
      conn simulate --port 0 > place & pid=$!
      until [ "$(wc -l < place)" = 2 ]; do :; done
      . ./place
      conn eval 'list | count' > /dev/null; f=$(ls state/conn/pace/*.lock); f=${f%.lock}
      rm $f.*; \(make)
      timeout 20 conn eval 'list | count'; code=$?
      kill $pid; exit $code
      """)
    #expect(result.exitCode == 0, "\(result.errors)")
    #expect(!result.output.isEmpty)
  }

  @Test(arguments: kinds)
  func refusesAHistoryThatIsNotAFile(_ kind: String) async throws {
    let scratch = try Program.makeScratch()
    defer { try? FileManager.default.removeItem(at: scratch) }
    let state = scratch.appending(path: "state").path
    let made = try await Program.run(
      "cd '\(scratch.path)'; mkdir -p state/conn; "
        + kind.replacing("PLACE", with: "state/conn/history.jsonl"))
    #expect(made.exitCode == 0, "\(made.errors)")
    let terminal = try PseudoTerminal(
      ["repl", "--simulator"], environment: Program.environment(["XDG_STATE_HOME": state]))
    #expect(terminal.wait(for: "> ") != nil)
    terminal.type("print 40 + 2\r")
    #expect(terminal.wait(for: "warning: can't save the") != nil)
    #expect(terminal.wait(for: "42") != nil)
  }

  // MARK: Directories that anybody can write to

  @Test func refusesAReplaceableStateDirectory() async throws {
    let write = #"conn eval 'get 36 | disconnect' --yes"#
    let open = try await run("mkdir -m 777 all; XDG_STATE_HOME=$PWD/all/state \(write) --simulator")
    #expect(open.exitCode == 0, "nothing is kept of the simulator: \(open.errors)")
    for command in ["conn runs", "conn resume --yes"] {
      let result = try await run(
        "mkdir -m 777 all; mkdir all/state; XDG_STATE_HOME=$PWD/all/state \(command)")
      #expect(result.exitCode == 10, "\(command)")
      #expect(result.errors.contains("conn's state directory is in `"), "\(result.errors)")
      #expect(
        result.errors.contains(
          "/all`, which anybody can write to: chmod o-w "), "\(result.errors)")
      #expect(result.errors.contains("or set XDG_STATE_HOME to a directory of your own"))
    }
    // Sticky directories such as `/tmp` are safe: other users can't replace entries.
    let sticky = try await run(
      "mkdir -m 1777 all; mkdir all/state; XDG_STATE_HOME=$PWD/all/state conn runs")
    #expect(sticky.exitCode == 0, "\(sticky.errors)")
    let linked = try await run(
      "mkdir -m 777 all; mkdir all/state; ln -s all/state s; XDG_STATE_HOME=$PWD/s conn runs")
    #expect(linked.exitCode == 10, "\(linked.errors)")
  }
}
