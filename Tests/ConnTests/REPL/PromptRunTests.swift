import Foundation
import TestSupport
import Testing

/// Runs at the prompt: in the foreground and background, suspended and interrupted.
@Suite(.serialized, .ownThread) struct PromptRunTests {
  @Test func ctrlBMovesARunToTheBackground() throws {
    let prompt = try PromptHarness(rows: 40)
    prompt.startSixWrites()
    prompt.type("\u{2}")
    prompt.expect("The run continues in the background; :fg waits for it.")
    prompt.expect("simulator [writing]")
    prompt.type("list where application == \"jira\"")
    // Progress is shown above the line that is being typed.
    let isAbove = prompt.terminal.waitToSee { screen in
      screen.line.hasSuffix("list where application == \"jira\"")
        && screen.lines[screen.cursor.row - 1].hasPrefix("update 3/6")
    }
    #expect(isAbove, "\(prompt.seen.text)")
    prompt.type(" | count | show as jsonl\r")
    prompt.expect("{\"count\":7}")
    prompt.enter("get 36 | delete", expecting: "a run is still writing, so no other write can")
    prompt.expect("Done: 6 of 6 updated")
    prompt.expectLine("simulator 6 rows>")
    prompt.enter("it | select outcome | show as jsonl", expecting: "{\"outcome\":\"done\"}")
  }

  @Test func fgWaitsForTheBackgroundRun() throws {
    let prompt = try PromptHarness(rows: 40)
    prompt.startSixWrites()
    prompt.type("\u{2}")
    prompt.expect("[writing]")
    // At the prompt Ctrl-C discards the line, and the run continues.
    prompt.type("list\u{3}")
    prompt.expect("list^C")
    prompt.type(":fg\r")
    prompt.expect("Done: 6 of 6 updated")
    prompt.expectLine("simulator 6 rows>")
  }

  @Test func backgroundRunPostponesItsQuestion() throws {
    let prompt = try PromptHarness(rows: 60)
    prompt.ask(
      "for n in [1] { let r = \(PromptHarness.sixWrites); if count($r) > 0 { get 36 | delete } }",
      writes: 6)
    prompt.type("6\r")
    prompt.expect("update 1/6")
    prompt.type("\u{2}")
    prompt.expect("[writing]")
    prompt.type("list")
    prompt.expect("The run has a question; :fg shows it.")
    prompt.expectLine("simulator [writing]> list")
    prompt.type("\u{3}")
    prompt.ask(":fg")
    prompt.enter("n", expecting: "nothing further was changed")
    prompt.enter("list where name == \"x\" | count | show as jsonl", expecting: "{\"count\":6}")
  }

  /// Job control of a shell: the run stops and continues with the program.
  @Test func ctrlZSuspendsAndResumesARun() throws {
    let shell = try PromptHarness.shell()
    shell.type(PromptHarness.sixWrites + "\r")
    #expect(shell.waitToSee { $0.line == "Type 6 to continue:" })
    shell.type("6\r")
    #expect(shell.waitToSee { $0.text.contains("update 1/6") })
    shell.type("\u{1A}")
    #expect(shell.waitToSee { $0.text.contains("Stopped") && $0.line == "$" })
    shell.type("stty -a | grep -c ' icanon'; fg\r")
    #expect(shell.waitToSee { $0.lines.contains("1") && $0.text.contains("Done: 6 of 6 updated") })
    shell.type("\u{4}exit\r")
    #expect(shell.exitCode() == 0, "\(shell.seen.text)")
  }

  @Test func leavingWaitsForTheBackgroundRun() throws {
    let prompt = try PromptHarness(rows: 40)
    prompt.startSixWrites()
    prompt.type("\u{2}")
    prompt.expect("[writing]")
    prompt.type("\u{4}")
    prompt.expect("Done: 6 of 6 updated")
    #expect(prompt.terminal.exitCode() == 0)
  }

  // MARK: Ctrl-C

  /// At whatever point of a write Ctrl-C comes, the run can be resumed, and ends in the same state.
  @Test(arguments: [0, 1, 2, 3, 4])
  func runInterruptedAnywhereCanBeResumed(_ tenths: Int) async throws {
    let served = try ServedWorkspace()
    defer { served.stop() }
    let prompt = try PromptHarness(["repl", "--host", served.url], served.variables, rows: 40)
    prompt.startSixWrites()
    prompt.expect("update \(tenths / 2 + 1)/6")
    usleep(UInt32(tenths) * 100_000)
    prompt.type("\u{3}")
    prompt.expect("To resume: :resume 20")
    prompt.expectPrompt()
    prompt.enter(":runs", expecting: "interrupted")
    prompt.leave()
    let resumed = try await Program.run(
      "conn resume --yes --host \(served.url)",
      environment: served.variables.merging(["XDG_STATE_HOME": prompt.state.path]) { $1 })
    #expect(resumed.exitCode == 0, "\(resumed.errors)")
    let names = try await Program.run(
      "conn eval 'list where name == \"x\" | count' --host \(served.url)",
      environment: served.variables)
    #expect(names.output == "{\"count\":6}\n")
  }

  // MARK: What is kept

  /// A statement that uses names of its session can't be run again by itself; that is said before the
  /// question.
  @Test func statementWithNamesOfTheSessionIsNotResumable() throws {
    let served = try ServedWorkspace()
    defer { served.stop() }
    let prompt = try PromptHarness(["repl", "--host", served.url], served.variables, rows: 60)
    let warning = "This run can't be resumed if it is interrupted"
    prompt.enter("let folder = 28940", expecting: ">")
    prompt.ask("get 36 | update folder_id = $folder")
    prompt.expect(warning)
    prompt.enter("n", expecting: "nothing was changed")
    prompt.type("\u{C}")
    prompt.ask("get 36 | update folder_id = 28940")
    #expect(!prompt.seen.text.contains(warning))
    prompt.enter("n", expecting: "nothing was changed")
    prompt.enter("get 36 | select id, folder_id", expecting: "36")
    prompt.ask("it | update folder_id = 28940")
    prompt.expect(warning)
    prompt.enter("n", expecting: "nothing was changed")
    prompt.leave()
  }

  /// The place of a secret is kept with the statement.
  @Test func statementWithAReferenceIsResumed() async throws {
    let served = try ServedWorkspace(
      faults: #"[{"on": "update", "id": 37, "play": "hang", "times": 1}]"#)
    defer { served.stop() }
    let variables = served.variables.merging(["PW": "hunter2"]) { $1 }
    let prompt = try PromptHarness(["repl", "--host", served.url], variables, rows: 40)
    prompt.ask("get 36, 37 | update input = { apitoken: secret(\"env:PW\") }", writes: 2)
    #expect(!prompt.seen.text.contains("can't be resumed"))
    prompt.type("2\r")
    prompt.expect("waiting for the answer")
    prompt.terminal.signal(SIGKILL)
    _ = prompt.terminal.exitCode()
    let resumed = try await Program.run(
      "conn resume --yes --host \(served.url)",
      environment: variables.merging(["XDG_STATE_HOME": prompt.state.path]) { $1 })
    #expect(resumed.errors.contains("2 of 2 updated"), "\(resumed.errors)")
  }

  @Test func secondCtrlCQuitsAndRestoresTheTerminal() throws {
    let served = try ServedWorkspace(faults: #"[{"on": "update", "play": "hang"}]"#)
    defer { served.stop() }
    let prompt = try PromptHarness(["repl", "--host", served.url], served.variables)
    prompt.ask("get 36 | update name = \"x\"")
    prompt.type("y\r")
    prompt.expect("waiting for the answer")
    prompt.type("\u{3}")
    prompt.expect("interrupted: waiting for the call in flight; interrupt again to quit at once")
    prompt.type("\u{3}")
    prompt.expect("quit: the call in flight is in doubt; conn resume looks it up")
    #expect(prompt.terminal.exitCode() == 130)
    prompt.expectModesPutBack()
  }

  @Test func simulatedRunIsNotOfferedForResuming() throws {
    let prompt = try PromptHarness()
    prompt.startSixWrites()
    prompt.type("\u{3}")
    prompt.expect("interrupted")
    prompt.expectPrompt()
    #expect(!prompt.seen.text.contains("conn resume"))
  }
}
