import Foundation
import TestSupport
import Testing

/// Writes at the prompt: planned, asked for, watched, put aside, interrupted.
@Suite(.serialized) struct PromptWriteTests {
  /// Six writes take five seconds at the pace of one a second.
  private static let sixWrites =
    #"list where application == "jira" | sort by id | first 6 | update name = "x""#

  private func serving(_ faults: String? = nil) throws -> ServedWorkspace {
    try ServedWorkspace(faults: faults)
  }

  // MARK: Confirmation

  @Test func aDeclinedPlanIsKept() throws {
    let prompt = try PromptHarness()
    prompt.type("get 36 | update name = \"x\"\r")
    prompt.expectLine("Go on? [y/N]")
    prompt.type("\r")
    prompt.expect("The plan is kept; :go carries it out.")
    prompt.expectPrompt()
    prompt.enter("get 37 | select id", expecting: "\n37\n")
    prompt.enter(":go", expecting: "1 of 1 updated")
    prompt.enter(":go", expecting: "there is no plan to carry out")
  }

  /// A number that was not typed has to be typed again.
  @Test func aPlanOfSeveralWritesIsAskedForAgain() throws {
    let prompt = try PromptHarness(rows: 40)
    prompt.type("get 36, 37 | update name = \"x\"\r")
    prompt.expectLine("Type 2 to go on:")
    prompt.type("\r")
    prompt.expect("The plan is kept")
    prompt.type("\u{C}:go\r")
    prompt.expect("Update `name` of the 2 connections")
    prompt.expectLine("Type 2 to go on:")
    prompt.type("3\r")
    prompt.expect("nothing was changed")
    prompt.expectPrompt()
    prompt.type("\u{C}:go\r")
    prompt.expectLine("Type 2 to go on:")
    prompt.enter("2", expecting: "2 of 2 updated")
  }

  /// Where the workspace is another one by now, the new plan is shown and asked for.
  @Test func aPlanThatIsNoLongerTheSame() throws {
    let prompt = try PromptHarness(rows: 50)
    prompt.type("list where name == \"ACME legacy Zendesk\" | update folder_id = 1\r")
    prompt.expectLine("Go on? [y/N]")
    prompt.type("n\r")
    prompt.expect("The plan is kept")
    prompt.type("get 37 | update name = \"ACME legacy Zendesk\"\r")
    prompt.expectLine("Go on? [y/N]")
    prompt.enter("y", expecting: "1 of 1 updated")
    prompt.enter(":go", expecting: "there is no plan to carry out")
    prompt.type("\u{1B}[A\u{1B}[A\u{1B}[A\r")
    prompt.expectLine("Type 2 to go on:")
    prompt.type("\u{3}")
    prompt.expect("nothing was changed")
  }

  /// Keys that came before the question are no answer to it.
  @Test func whatWasTypedAheadIsNoAnswer() throws {
    let prompt = try PromptHarness()
    prompt.type("get 36 | delete\ry\r")
    prompt.expectLine("Go on? [y/N]")
    _ = prompt.terminal.waitToSee(seconds: 0.5) { _ in false }
    #expect(prompt.seen.line == "Go on? [y/N]")
    prompt.type("\r")
    prompt.expect("nothing was changed")
    // They are the next line instead.
    prompt.expect("unknown")
    prompt.enter("get 36 | count | show as jsonl", expecting: "{\"count\":1}")
  }

  /// Nor is what a key brings back from the history.
  @Test func whatIsRecalledIsNoAnswer() throws {
    let prompt = try PromptHarness(rows: 60)
    prompt.enter("y", expecting: "error[")
    prompt.type("get 36 | delete\r")
    prompt.expectLine("Go on? [y/N]")
    prompt.enter("n", expecting: "The plan is kept")
    prompt.enter("y", expecting: "error[")
    // The statement again, by the key that means to go on with what came behind it.
    prompt.type("\u{1B}[A\u{1B}[A\u{F}")
    prompt.expectLine("Go on? [y/N]")
    prompt.type("\u{1B}[A\r")
    prompt.expectPrompt()
    prompt.enter("get 36 | count | show as jsonl", expecting: "{\"count\":1}")
  }

  /// Nor where only the keys come from a terminal.
  @Test func whatWasTypedAheadIsNoAnswerToAPipe() throws {
    let state = try Program.makeScratch()
    let environment = Program.environment(["XDG_STATE_HOME": state.path, "TERM": "xterm"])
    let shell = try PseudoTerminal(
      ["-c", "'\(Program.binary.path)' repl --simulator | cat"], environment: environment,
      program: "/bin/sh")
    shell.type("get 36 | delete\ny\n")
    #expect(shell.waitToSee { $0.text.contains("Go on? [y/N]") })
    shell.type("\n")
    #expect(shell.waitToSee { $0.text.contains("not confirmed; nothing was changed") })
    shell.type("\u{4}")
  }

  /// Ctrl-C, Ctrl-D and nothing are no secret.
  @Test(arguments: ["abc\u{3}", "\u{4}", "\r", "abc\u{15}\r"])
  func aSecretThatIsNotGiven(_ keys: String) throws {
    let prompt = try PromptHarness()
    prompt.type("get 36 | update input = { password: secret(\"prompt\") }\r")
    prompt.expectLine("Go on? [y/N]")
    prompt.type("y\r")
    prompt.expectLine("Secret:")
    prompt.type(keys)
    prompt.expect("error: no secret was given; nothing was changed")
    prompt.enter("print \"whole\"", expecting: "\nwhole")
  }

  @Test(arguments: [SIGTERM, SIGHUP])
  func aSignalAtTheSecret(_ number: Int32) throws {
    let prompt = try PromptHarness()
    prompt.type("get 36 | update input = { password: secret(\"prompt\") }\r")
    prompt.expectLine("Go on? [y/N]")
    prompt.type("y\r")
    prompt.expectLine("Secret:")
    prompt.terminal.signal(number)
    #expect(prompt.terminal.exitCode() == 0)
    let modes = prompt.terminal.modes.c_lflag
    #expect(modes & tcflag_t(ICANON | ECHO | ISIG) == tcflag_t(ICANON | ECHO | ISIG))
  }

  @Test func aDeclinedPlanOutlivesADryRun() throws {
    let prompt = try PromptHarness(rows: 50)
    prompt.type("get 36 | update name = \"x\"\r")
    prompt.expectLine("Go on? [y/N]")
    prompt.enter("n", expecting: "The plan is kept")
    prompt.enter(":dry-run", expecting: "nothing is sent; every call is printed")
    prompt.enter(":go", expecting: "nothing is written in a dry-run")
    prompt.enter("get 37 | delete", expecting: "Dry run: nothing was sent.")
    prompt.enter(":live", expecting: "what is confirmed is written")
    prompt.enter(":go", expecting: "1 of 1 updated")
  }

  @Test func aPlanIsSaved() throws {
    let folder = try Program.makeScratch()
    let prompt = try PromptHarness(["repl", "--simulator"], ["HOME": folder.path], rows: 60)
    prompt.type("\u{1B}[200~get 36\n| update name = \"x\"\u{1B}[201~\r")
    prompt.expectLine("Go on? [y/N]")
    prompt.enter("n", expecting: "The plan is kept")
    prompt.enter(":plan ~/a.plan", expecting: "Saved; `conn apply")
    let plan = try String(contentsOf: folder.appending(path: "a.plan"), encoding: .utf8)
    #expect(plan.contains("\"path\":\"/api/connections/36\""))
  }

  @Test func aSecretIsAskedForUnseenAndNotKept() throws {
    let prompt = try PromptHarness()
    prompt.type("get 36 | update input = { password: secret(\"prompt\") }\r")
    prompt.expectLine("Go on? [y/N]")
    prompt.type("y\r")
    prompt.expectLine("Secret:")
    prompt.type("hunter2-never-seen\r")
    prompt.expect("1 of 1 updated")
    #expect(!prompt.seen.text.contains("hunter2"))
    prompt.type("print \"x\"\r")
    prompt.expect("\nx")
    #expect(try prompt.entries == ["print \"x\""])
    // The statement itself can be recalled while the session lasts.
    prompt.type("\u{1B}[A\u{1B}[A")
    prompt.expect("secret(\"prompt\")")
  }

  // MARK: A run under way

  @Test func aRunIsPutAside() throws {
    let prompt = try PromptHarness(rows: 40)
    prompt.type(Self.sixWrites + "\r")
    prompt.expectLine("Type 6 to go on:")
    prompt.type("6\r")
    prompt.expect("update 1/6")
    prompt.type("\u{2}")
    prompt.expect("The run goes on; :fg waits for its end.")
    prompt.expect("simulator [writing]")
    prompt.type("list where application == \"jira\"")
    // The progress stands above the line that is being typed.
    let isAbove = prompt.terminal.waitToSee { screen in
      screen.line.hasSuffix("list where application == \"jira\"")
        && screen.lines[screen.cursor.row - 1].hasPrefix("update 3/6")
    }
    #expect(isAbove, "\(prompt.seen.text)")
    prompt.type(" | count | show as jsonl\r")
    prompt.expect("{\"count\":7}")
    prompt.enter("get 36 | delete", expecting: "a run is under way, so nothing else is written")
    prompt.expect("Done: 6 of 6 updated")
    prompt.expectLine("simulator 6 rows>")
    prompt.enter("it | select outcome | show as jsonl", expecting: "{\"outcome\":\"done\"}")
  }

  @Test func aRunIsTakenBack() throws {
    let prompt = try PromptHarness(rows: 40)
    prompt.type(Self.sixWrites + "\r")
    prompt.expectLine("Type 6 to go on:")
    prompt.type("6\r")
    prompt.expect("update 1/6")
    prompt.type("\u{2}")
    prompt.expect("[writing]")
    // At the prompt Ctrl-C gives the line up, and the run goes on.
    prompt.type("list\u{3}")
    prompt.expect("list^C")
    prompt.type(":fg\r")
    prompt.expect("Done: 6 of 6 updated")
    prompt.expectLine("simulator 6 rows>")
  }

  @Test func leavingWaitsForTheRun() throws {
    let prompt = try PromptHarness(rows: 40)
    prompt.type(Self.sixWrites + "\r")
    prompt.expectLine("Type 6 to go on:")
    prompt.type("6\r")
    prompt.expect("update 1/6")
    prompt.type("\u{2}")
    prompt.expect("[writing]")
    prompt.type("\u{4}")
    prompt.expect("Done: 6 of 6 updated")
    #expect(prompt.terminal.exitCode() == 0)
  }

  // MARK: Ctrl-C

  /// Wherever a write is when Ctrl-C comes, the journal can be gone on with, and ends in the same
  /// world.
  @Test(arguments: [0, 1, 2, 3, 4])
  func controlCInARun(_ tenths: Int) throws {
    let served = try serving()
    defer { served.stop() }
    let prompt = try PromptHarness(["repl", "--host", served.url], served.variables, rows: 40)
    prompt.type(Self.sixWrites + "\r")
    prompt.expectLine("Type 6 to go on:")
    prompt.type("6\r")
    prompt.expect("update \(tenths / 2 + 1)/6")
    usleep(UInt32(tenths) * 100_000)
    prompt.type("\u{3}")
    prompt.expect("Go on with: conn resume")
    prompt.expectPrompt()
    prompt.enter(":runs", expecting: "interrupted")
    prompt.leave()
    let resumed = try Program.shell(
      "conn resume --yes",
      environment: served.variables.merging(["XDG_STATE_HOME": prompt.state.path]) { $1 })
    #expect(resumed.exitCode == 0, "\(resumed.errors)")
    let names = try Program.shell(
      "conn eval 'list where name == \"x\" | count' --host \(served.url)",
      environment: served.variables)
    #expect(names.output == "{\"count\":6}\n")
  }

  @Test func controlCTwiceEndsTheProgramAndPutsTheTerminalBack() throws {
    let served = try serving(#"[{"on": "update", "play": "hang"}]"#)
    defer { served.stop() }
    let prompt = try PromptHarness(["repl", "--host", served.url], served.variables)
    prompt.type("get 36 | update name = \"x\"\r")
    prompt.expectLine("Go on? [y/N]")
    prompt.type("y\r")
    prompt.expect("waiting for the answer")
    prompt.type("\u{3}")
    prompt.expect("interrupted: waiting for the call in flight; once more ends at once")
    prompt.type("\u{3}")
    prompt.expect("ended: the call in flight is in doubt; conn resume looks it up")
    #expect(prompt.terminal.exitCode() == 130)
    let modes = prompt.terminal.modes.c_lflag
    #expect(modes & tcflag_t(ICANON | ECHO | ISIG) == tcflag_t(ICANON | ECHO | ISIG))
  }

  @Test func undoAndRuns() throws {
    let served = try serving()
    defer { served.stop() }
    let prompt = try PromptHarness(["repl", "--host", served.url], served.variables, rows: 50)
    prompt.type("get 36 | update name = \"x\"\r")
    prompt.expectLine("Go on? [y/N]")
    prompt.enter("y", expecting: "1 of 1 updated")
    prompt.enter(":undo", expecting: ":go carries it out.")
    prompt.type(":go\r")
    prompt.expectLine("Go on? [y/N]")
    prompt.enter("y", expecting: "1 of 1 updated")
    prompt.enter(
      "get 36 | select name | show as jsonl",
      expecting: "{\"name\":\"ACME Production Salesforce connection\"}")
    prompt.enter(":runs", expecting: "done")
  }

  /// What is written to the embedded simulator can be taken back as long as the session lasts, and
  /// nothing of it is left behind.
  @Test func undoOnTheSimulator() throws {
    let prompt = try PromptHarness(rows: 50)
    prompt.type("get 36 | update name = \"x\"\r")
    prompt.expectLine("Go on? [y/N]")
    prompt.enter("y", expecting: "1 of 1 updated")
    prompt.enter(":runs", expecting: "1 row")
    prompt.enter(":undo", expecting: ":go carries it out.")
    prompt.type(":go\r")
    prompt.expectLine("Go on? [y/N]")
    prompt.enter("y", expecting: "1 of 1 updated")
    prompt.enter(
      "get 36 | select name | show as jsonl",
      expecting: "{\"name\":\"ACME Production Salesforce connection\"}")
    prompt.leave()
    let left = try FileManager.default.contentsOfDirectory(
      atPath: prompt.state.appending(path: "conn").path)
    #expect(!left.contains("simulated") && !left.contains("runs"))
  }

  @Test func nobodyIsSentToARunThatEndsWithTheSession() throws {
    let prompt = try PromptHarness()
    prompt.type(Self.sixWrites + "\r")
    prompt.expectLine("Type 6 to go on:")
    prompt.type("6\r")
    prompt.expect("update 1/6")
    prompt.type("\u{3}")
    prompt.expect("interrupted")
    prompt.expectPrompt()
    #expect(!prompt.seen.text.contains("conn resume"))
  }

  /// In production the prompt says so, in red, and the host is typed.
  @Test func production() throws {
    let served = try serving()
    defer { served.stop() }
    let configuration = try Program.makeScratch()
    let folder = configuration.appending(path: "conn")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try """
    profile "eu-prod" {
      host = "\(served.url)"
      token = secret("env:WORKATO_API_TOKEN")
      production = true
    }
    profile "test" {
      host = "\(served.url)"
      token = secret("env:WORKATO_API_TOKEN")
    }
    default = "test"
    """.write(to: folder.appending(path: "config.conn"), atomically: true, encoding: .utf8)
    let prompt = try PromptHarness(
      ["repl"],
      served.variables.merging(["XDG_CONFIG_HOME": configuration.path, "NO_COLOR": ""]) { $1 })
    prompt.expectLine("test>")
    prompt.enter("let x = 1", expecting: "test>")
    prompt.type(":profile eu\t\r")
    prompt.expectLine("eu-prod [production]>")
    #expect(prompt.terminal.waitToSee { $0.styles(of: "eu-prod [")?.first == "1;31" })
    prompt.type("get 36 | update name = f\"{$x}\"\r")
    prompt.expectLine("Type \(served.url.replacing("http://", with: "")) to go on:")
    prompt.type("y\r")
    prompt.expect("nothing was changed")
    prompt.enter(":profile", expecting: "production")
  }
}

/// `conn simulate` on a port of its own.
struct ServedWorkspace {
  let url: String
  private let token: String
  private let process: Process

  init(faults: String?) throws {
    process = Process()
    process.executableURL = Program.binary
    process.arguments = ["simulate", "--port", "0"]
    if let faults {
      let file = try Program.makeScratch().appending(path: "faults.json")
      try faults.write(to: file, atomically: true, encoding: .utf8)
      process.arguments? += ["--faults", file.path]
    }
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    var lines = ""
    while lines.count(where: \.isNewline) < 2 {
      let data = output.fileHandleForReading.availableData
      try #require(!data.isEmpty, "the simulator did not start")
      lines += String(decoding: data, as: UTF8.self)
    }
    url = lines.firstMatch(of: #/WORKATO_HOST=(.*)/#).map { String($0.1) } ?? ""
    token = lines.firstMatch(of: #/WORKATO_API_TOKEN=(.*)/#).map { String($0.1) } ?? ""
  }

  var variables: [String: String] { ["WORKATO_API_TOKEN": token] }

  func stop() { kill(process.processIdentifier, SIGKILL) }
}
