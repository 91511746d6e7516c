import Foundation
import TestSupport
import Testing

/// Writes at the prompt: planned, confirmed, recorded, undone.
@Suite(.serialized, .ownThread) struct PromptWriteTests {
  @Test func declinedPlanCanBeApplied() throws {
    let prompt = try PromptHarness()
    prompt.ask("get 36 | update name = \"x\"")
    prompt.type("\r")
    prompt.expect("The plan is kept. To apply it: :go")
    prompt.expectPrompt()
    prompt.enter("get 37 | select id", expecting: "\n37\n")
    prompt.enter(":go", expecting: "1 of 1 updated")
    prompt.enter(":go", expecting: "there is no plan to apply")
  }

  /// After a declined confirmation, the number has to be typed again.
  @Test func declinedPlanOfSeveralWritesIsConfirmedAgain() throws {
    let prompt = try PromptHarness(rows: 40)
    prompt.ask("get 36, 37 | update name = \"x\"", writes: 2)
    prompt.type("\r")
    prompt.expect("The plan is kept")
    prompt.type("\u{C}:go\r")
    prompt.expect("Update `name` of the 2 connections")
    prompt.expectLine("Type 2 to continue:")
    prompt.type("3\r")
    prompt.expect("nothing was changed")
    prompt.expectPrompt()
    prompt.ask("\u{C}:go", writes: 2)
    prompt.enter("2", expecting: "2 of 2 updated")
  }

  /// If the workspace has changed, the new plan is shown and must be confirmed.
  @Test func changedPlanIsShownAgain() throws {
    let prompt = try PromptHarness(rows: 50)
    prompt.ask("list where name == \"ACME legacy Zendesk\" | update folder_id = 1")
    prompt.type("n\r")
    prompt.expect("The plan is kept")
    prompt.ask("get 37 | update name = \"ACME legacy Zendesk\"")
    prompt.enter("y", expecting: "1 of 1 updated")
    prompt.enter(":go", expecting: "there is no plan to apply")
    prompt.ask("\u{1B}[A\u{1B}[A\u{1B}[A", writes: 2)
    prompt.type("\u{3}")
    prompt.expect("nothing was changed")
  }

  /// Keys typed before the question don't answer it.
  @Test func keysTypedAheadAreNotAnAnswer() throws {
    let prompt = try PromptHarness()
    prompt.ask("get 36 | delete\ry")
    _ = prompt.terminal.waitToSee(seconds: 0.5) { _ in false }
    #expect(prompt.seen.line == "Continue? [y/N]")
    prompt.type("\r")
    prompt.expect("nothing was changed")
    // They become the next line instead.
    prompt.expect("unknown")
    prompt.enter("get 36 | count | show as jsonl", expecting: "{\"count\":1}")
  }

  /// A line recalled from the history is not an answer either.
  @Test func recalledLinesAreNotAnAnswer() throws {
    let prompt = try PromptHarness(rows: 60)
    prompt.enter("y", expecting: "error[")
    prompt.ask("get 36 | delete")
    prompt.enter("n", expecting: "The plan is kept")
    prompt.enter("y", expecting: "error[")
    // The statement again, by the key that also recalls the line after it.
    prompt.type("\u{1B}[A\u{1B}[A\u{F}")
    prompt.expectLine("Continue? [y/N]")
    prompt.type("\u{1B}[A\r")
    prompt.expectPrompt()
    prompt.enter("get 36 | count | show as jsonl", expecting: "{\"count\":1}")
  }

  /// The same holds if only stdin is a terminal.
  @Test func keysTypedAheadAreNotAnAnswerWithAPipe() throws {
    let state = try Program.makeScratch()
    let environment = Program.environment(["XDG_STATE_HOME": state.path, "TERM": "xterm"])
    let shell = try PseudoTerminal(
      ["-c", "'\(Program.binary.path)' repl --simulator | cat"], environment: environment,
      program: "/bin/sh")
    shell.type("get 36 | delete\ny\n")
    #expect(shell.waitToSee { $0.text.contains("Continue? [y/N]") })
    shell.type("\n")
    #expect(shell.waitToSee { $0.text.contains("not confirmed; nothing was changed") })
    shell.type("\u{4}")
  }

  /// Ctrl-C, Ctrl-D and an empty line are not a secret.
  @Test(arguments: ["abc\u{3}", "\u{4}", "\r", "abc\u{15}\r"])
  func cancelledSecretChangesNothing(_ keys: String) throws {
    let prompt = try PromptHarness()
    prompt.askForSecret()
    prompt.type(keys)
    prompt.expect("error: no secret was entered; nothing was changed")
    prompt.enter("print \"whole\"", expecting: "\nwhole")
  }

  @Test(arguments: [SIGTERM, SIGHUP])
  func signalAtTheSecretRestoresTheTerminal(_ number: Int32) throws {
    let prompt = try PromptHarness()
    prompt.askForSecret()
    prompt.terminal.signal(number)
    #expect(prompt.terminal.exitCode() == 0)
    prompt.expectModesPutBack()
  }

  @Test func declinedPlanSurvivesADryRun() throws {
    let prompt = try PromptHarness(rows: 50)
    prompt.ask("get 36 | update name = \"x\"")
    prompt.enter("n", expecting: "The plan is kept")
    prompt.enter(":dry-run", expecting: "nothing is sent; every call is printed")
    prompt.enter(":go", expecting: "a dry-run writes nothing")
    prompt.enter("get 37 | delete", expecting: "Dry run: nothing was sent.")
    prompt.enter(":live", expecting: "confirmed changes are sent")
    prompt.enter(":go", expecting: "1 of 1 updated")
  }

  @Test func savesADeclinedPlan() throws {
    let folder = try Program.makeScratch()
    let prompt = try PromptHarness(["repl", "--simulator"], ["HOME": folder.path], rows: 60)
    prompt.ask("\u{1B}[200~get 36\n| update name = \"x\"\u{1B}[201~")
    prompt.enter("n", expecting: "The plan is kept")
    prompt.enter(":plan ~/a.plan", expecting: "Saved. To apply it: conn apply")
    let plan = try String(contentsOf: folder.appending(path: "a.plan"), encoding: .utf8)
    #expect(plan.contains("\"path\":\"/api/connections/36\""))
  }

  @Test func secretIsNeitherShownNorSaved() throws {
    let prompt = try PromptHarness()
    prompt.askForSecret()
    prompt.type("hunter2-never-seen\r")
    prompt.expect("1 of 1 updated")
    #expect(!prompt.seen.text.contains("hunter2"))
    prompt.type("print \"x\"\r")
    prompt.expect("\nx")
    expectEqual(try prompt.entries, ["print \"x\""])
    // The statement itself can be recalled while the session lasts.
    prompt.type("\u{1B}[A\u{1B}[A")
    prompt.expect("secret(\"prompt\")")
  }

  @Test func undoesTheLastRun() throws {
    let served = try ServedWorkspace()
    defer { served.stop() }
    let prompt = try PromptHarness(["repl", "--host", served.url], served.variables, rows: 50)
    prompt.ask("get 36 | update name = \"x\"")
    prompt.enter("y", expecting: "1 of 1 updated")
    prompt.enter(":undo", expecting: "To apply it: :go")
    prompt.ask(":go")
    prompt.enter("y", expecting: "1 of 1 updated")
    prompt.enter(
      "get 36 | select name | show as jsonl",
      expecting: "{\"name\":\"ACME Production Salesforce connection\"}")
    prompt.enter(":runs", expecting: "done")
  }

  /// Writes to the embedded simulator can be undone during the session, and leave nothing on disk.
  @Test func undoesASimulatedRun() throws {
    let prompt = try PromptHarness(rows: 50)
    prompt.ask("get 36 | update name = \"x\"")
    prompt.enter("y", expecting: "1 of 1 updated")
    prompt.enter(":runs", expecting: "1 row")
    prompt.enter(":undo", expecting: "To apply it: :go")
    prompt.ask(":go")
    prompt.enter("y", expecting: "1 of 1 updated")
    prompt.enter(
      "get 36 | select name | show as jsonl",
      expecting: "{\"name\":\"ACME Production Salesforce connection\"}")
    prompt.leave()
    let left = try FileManager.default.contentsOfDirectory(
      atPath: prompt.state.appending(path: "conn").path)
    #expect(!left.contains("simulated") && !left.contains("runs"))
  }

  /// In production the prompt says so in red, and the profile's name has to be typed to confirm.
  @Test func productionShowsRedAndAsksForTheProfile() throws {
    let served = try ServedWorkspace()
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
    prompt.expectLine("Type eu-prod to continue:")
    prompt.type("y\r")
    prompt.expect("nothing was changed")
    prompt.expectPrompt()
    prompt.type("\u{C}:go\r")
    prompt.expectLine("Type eu-prod to continue:")
    prompt.type("eu-prod\r")
    prompt.expect("1 of 1 updated")
    prompt.enter(":profile", expecting: "production")
  }
}
