import Foundation
import Simulator
import TestSupport
import Testing

/// Commands of the prompt that run something, and lines that go on from the last result.
@Suite(.serialized, .ownThread) struct PromptCommandTests {
  private func script(_ text: String, in folder: URL? = nil) throws -> String {
    let file = try (folder ?? Program.makeScratch()).appending(path: "script.conn")
    try text.write(to: file, atomically: true, encoding: .utf8)
    return file.path
  }

  // MARK: |

  @Test func aLineOfStagesGoesOnFromTheLastResult() throws {
    let prompt = try PromptHarness(rows: 40)
    prompt.enter("| count", expecting: "error[")
    prompt.enter("list where application == \"jira\"", expecting: "7 rows")
    prompt.enter("| first 3 | select id", expecting: "3 rows")
    prompt.type("| where (\r")
    prompt.expectLine("   (>")
    prompt.type("id > 0) | count | show as jsonl\r")
    prompt.expect("{\"count\":3}")
    prompt.expectPrompt()
    prompt.type("| cou\t")
    #expect(prompt.terminal.waitToSee { $0.line.hasSuffix("> | count") })
    prompt.type("\u{15}\u{1B}[A\u{1B}[A")
    #expect(
      prompt.terminal.waitToSee { $0.text.contains("> | where (") || $0.line.contains("| first 3") }
    )
  }

  @Test func stagesGoOnWithoutATerminal() async throws {
    let result = try await Program.run(
      "printf 'list | first 2\\n| count\\n' | conn repl --simulator")
    #expect(result.output.hasSuffix("{\"count\":2}\n"))
  }

  // MARK: :run

  @Test func runsAScriptWithArguments() throws {
    let file = try script(
      "param app: string\nlist where application == $app | count | show as jsonl\n")
    let prompt = try PromptHarness(rows: 40)
    prompt.enter(":run \(file) app=jira", expecting: "{\"count\":7}")
    prompt.enter(":run \(file)", expecting: "error[")
    prompt.enter(":run nope.conn", expecting: "error: ")
    prompt.enter(":run -", expecting: "`:run` needs a file")
    prompt.enter(":run \"x", expecting: "a quote isn't closed")
    // Its names stay its own.
    prompt.enter("$app", expecting: "error[")
  }

  /// The question of a script is asked at the prompt, and its answer isn't shown for a secret.
  @Test func aScriptThatAsks() throws {
    let file = try script("get 36 | update input = { password: secret(\"prompt\") }\n")
    let prompt = try PromptHarness(rows: 40)
    prompt.ask(":run \(file)")
    prompt.type("y\r")
    prompt.expectLine("Secret:")
    prompt.type("hunter5\r")
    prompt.expect("Done: 1 of 1 updated")
    #expect(!prompt.seen.text.contains("hunter5"))
    prompt.expectPrompt()
    prompt.ask(":run \(file)")
    prompt.type("n\r")
    prompt.expect("nothing was changed")
    prompt.expectPrompt()
  }

  // MARK: :resume

  @Test func resumesAnInterruptedRun() throws {
    let prompt = try PromptHarness(rows: 60)
    prompt.enter(
      ":resume", expecting: "there is no interrupted run\n   = help: :runs lists all runs")
    prompt.startSixWrites()
    prompt.type("\u{3}")
    prompt.expect("To resume: :resume 20")
    prompt.expectPrompt()
    prompt.enter(":resume nope", expecting: "there is no run `nope`")
    prompt.type(":resume\r")
    prompt.expect("to go.")
    #expect(
      prompt.terminal.waitToSee { $0.line.hasPrefix("Continue?") || $0.line.hasPrefix("Type") })
    prompt.type("n\r")
    prompt.expect("not confirmed; nothing further was changed")
    prompt.expectPrompt()
    prompt.type(":resume last\r")
    #expect(
      prompt.terminal.waitToSee { $0.line.hasPrefix("Continue?") || $0.line.hasPrefix("Type") })
    let wanted = prompt.seen.line.firstMatch(of: #/Type (\d+)/#).map { String($0.1) } ?? "y"
    prompt.type(wanted + "\r")
    prompt.expect("6 of 6 updated")
    prompt.expectPrompt()
    prompt.enter(":resume last", expecting: "is finished; nothing is left to do")
    prompt.type("\u{C}")
    prompt.enter(":runs", expecting: "run                    age       state  writes  done  script")
    prompt.expect("just now  done        6     6  repl")
    prompt.enter("list where name == \"x\" | count | show as jsonl", expecting: "{\"count\":6}")
  }

  /// A value that isn't saved is asked for in the prompt's words, and can be given again.
  @Test func resumesWithAValue() throws {
    let script = try Program.makeScratch().appending(path: "rotate.conn")
    let text = PromptHarness.sixWrites.replacing("name = \"x\"", with: "input = { password: $pw }")
    try "param pw: string\n\(text)\n".write(to: script, atomically: true, encoding: .utf8)
    let prompt = try PromptHarness(rows: 60, columns: 100)
    prompt.type(":run \(script.path) pw=hunter22\r")
    prompt.expectLine("Type 6 to continue:")
    prompt.type("6\r")
    prompt.expect("update 2/6")
    prompt.type("\u{3}")
    prompt.expect("To resume: :resume 20")
    prompt.expectPrompt()
    for (line, end) in [
      ("last", "= help: pass it again: :resume "), ("last pw=hunter22", "6 of 6 updated"),
    ] {
      prompt.type("\u{C}:resume \(line)\r")
      #expect(prompt.terminal.waitToSee { $0.line.hasPrefix("Type") })
      let count = prompt.seen.line.firstMatch(of: #/Type (\d+)/#).map { String($0.1) } ?? ""
      prompt.type(count + "\r")
      prompt.expect(end)
      prompt.expectPrompt()
    }
  }

  @Test func settlesAWriteInDoubt() async throws {
    let fixture = try await WriteFixture(
      [SimulatorFault(on: .update, id: 36, play: .reset, applies: true)],
      script: "get 36 | update input = { subdomain: \"x\" }, shell_connection = true\n")
    _ = try await fixture.shell(WriteFixture.run)
    let prompt = try PromptHarness(
      ["repl"], state: fixture.directory.appending(path: "state"),
      ["WORKATO_HOST": fixture.server.url, "WORKATO_API_TOKEN": fixture.server.token], rows: 60)
    prompt.enter(":resume last --settle 36", expecting: "--settle expects ID=done or ID=failed")
    prompt.enter(":resume --yes", expecting: "Unknown option '--yes'")
    prompt.type(":resume last --settle 36=done\r")
    prompt.expect("Will be recorded: 36=done")
    prompt.expectLine("Continue? [y/N]")
    prompt.type("y\r")
    prompt.expect("1 of 1 updated")
    prompt.expectPrompt()
    try await fixture.close()
  }

  @Test func keepsThePlanAfterANo() throws {
    let prompt = try PromptHarness(rows: 60)
    prompt.ask("get 36, 37 | update name = \"x\"", writes: 2)
    prompt.enter("n", expecting: "The plan is kept. To apply it: :go")
    prompt.type("\u{C}")
    prompt.ask(":go", writes: 2)
    prompt.enter("n", expecting: "The plan is kept. To apply it: :go")
    prompt.ask(":go", writes: 2)
    prompt.enter("2", expecting: "2 of 2 updated")
    prompt.type(":undo\r")
    prompt.expect("To apply it: :go")
    prompt.expectPrompt()
    prompt.type("\u{C}")
    prompt.ask(":go", writes: 2)
    prompt.enter("n", expecting: "The plan is kept. To apply it: :go")
    prompt.type("\u{C}")
    prompt.ask(":go", writes: 2)
    prompt.enter("n", expecting: "The plan is kept. To apply it: :go")
  }

  // MARK: :watch

  @Test func watchShowsWhatChanges() async throws {
    let served = try ServedWorkspace()
    defer { served.stop() }
    let prompt = try PromptHarness(["repl", "--host", served.url], served.variables, rows: 60)
    prompt.type(":watch 1 get 36, 37 | select id, name\r")
    prompt.expect("2 rows")
    _ = try await Program.run(
      "conn eval --yes --host \(served.url) 'get 36 | update name = \"watched\"'",
      environment: served.variables)
    prompt.expect("watched")
    prompt.expect("changed")
    served.stop()
    // A list that fails is tried again for a while.
    let isTold = prompt.terminal.waitToSee(seconds: 90) {
      $0.text.contains("still watching; Ctrl-C ends it.")
    }
    #expect(isTold, "\(prompt.seen.text)")
    prompt.type("\u{3}")
    prompt.expectPrompt()
    prompt.enter("it | select name | show as jsonl", expecting: "{\"name\":\"watched\"}")
  }

  /// Completed after the interval, like any statement.
  @Test func watchCompletesItsPipeline() throws {
    let prompt = try PromptHarness()
    prompt.type(":watch 5 list where authorization_status == \"exc\t")
    prompt.expectLine("simulator> :watch 5 list where authorization_status == \"exception\"")
    prompt.type("\u{15}:watch 5 li\t")
    prompt.expectLine("simulator> :watch 5 list")
    prompt.type("\u{15}:res\t")
    prompt.expectLine("simulator> :resume")
  }

  @Test func watchRefusesWrites() throws {
    let prompt = try PromptHarness()
    for (line, shown) in [
      (":watch 60 get 36 | delete", "`:watch` needs one pipeline that only reads"),
      (":watch list", "usage: `:watch SECONDS PIPELINE`"), (":watch 0 list", "usage: `:watch"),
      (":watch 5", "usage: `:watch"), (":watch 5 lst", "error["),
      (":watch 5 let x = list", "`:watch` needs one pipeline"),
      (":dry-run", "Dry run:"), (":watch 5 list", "a dry run lists nothing"),
    ] {
      prompt.type("\u{C}")
      prompt.expectPrompt()
      prompt.enter(line, expecting: shown)
      prompt.type("\u{15}")
    }
  }

  // MARK: !

  @Test func runsShellCommandsWithoutSecrets() throws {
    let prompt = try PromptHarness(
      ["repl", "--simulator"], ["WORKATO_API_TOKEN": "wrk-not-for-children", "MINE": "seen"])
    prompt.enter("!echo $MINE-$WORKATO_API_TOKEN-end", expecting: "\nseen--end")
    prompt.enter("! exit 3", expecting: "\nexit code 3")
    prompt.enter("!", expecting: "usage: `!COMMAND`")
    prompt.enter("list | count | show as jsonl", expecting: "{\"count\":58}")
  }

  // MARK: Files

  @Test func homeIsExpandedAlike() throws {
    let home = try Program.makeScratch()
    let prompt = try PromptHarness(["repl", "--simulator"], ["HOME": home.path])
    prompt.enter("list | first 2 | select id", expecting: "2 rows")
    prompt.enter(":save ~/two.csv", expecting: "2 rows saved to")
    prompt.enter("it | save \"~/three.csv\" | count", expecting: "1 row")
    let names = try FileManager.default.contentsOfDirectory(atPath: home.path).sorted()
    #expect(names.filter { $0.hasSuffix(".csv") } == ["three.csv", "two.csv"])
    prompt.enter("from \"~/two.csv\" | count | show as jsonl", expecting: "{\"count\":2}")
    prompt.type("from \"~/tw\t")
    #expect(prompt.terminal.waitToSee { $0.line.hasSuffix("from \"~/two.csv\"") })
  }

  @Test(arguments: [("less", "plain"), ("less -R", "codes")])
  func pagersGetCodesOnlyIfTheyShowThem(_ pager: String, _ expected: String) throws {
    let bin = try Program.makeScratch()
    let fake = bin.appending(path: "less")
    try "#!/bin/sh\ngrep -q \"$(printf '\\033')\" && echo codes || echo plain\n".write(
      to: fake, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: fake.path)
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    let prompt = try PromptHarness(
      ["repl", "--simulator"],
      ["NO_COLOR": "", "PAGER": pager, "PATH": bin.path + ":" + path])
    prompt.type("list | select id\r")
    prompt.expect("\n\(expected)")
  }
}
