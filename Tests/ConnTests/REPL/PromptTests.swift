import Foundation
import TestSupport
import Testing

/// The prompt on a pseudo-terminal.
@Suite(.serialized, .ownThread) struct PromptTests {
  private func start(_ arguments: [String] = ["repl", "--simulator"], state: URL? = nil) throws
    -> PseudoTerminal
  {
    let state = try state ?? Program.makeScratch()
    let environment = Program.environment([
      "XDG_STATE_HOME": state.path, "TERM": "xterm", "NO_COLOR": "1", "INPUTRC": "/dev/null",
    ])
    return try PseudoTerminal(arguments, environment: environment)
  }

  @Test func itIsTheLastResult() throws {
    let terminal = try start()
    terminal.wait(for: "> ")
    terminal.type("list where tags has \"tag-legacy\" | select id, name\r")
    #expect(terminal.wait(for: "5 rows") != nil)
    terminal.type("it | count | show as jsonl\r")
    #expect(terminal.wait(for: "{\"count\":5}") != nil)
    terminal.wait(for: "> ")
    terminal.type("\u{4}")
    #expect(terminal.exitCode() == 0)
  }

  @Test func keepsBindings() throws {
    let terminal = try start()
    terminal.wait(for: "> ")
    terminal.type("let jira = list where application == \"jira\"\rlet jira = $jira | first 2\r")
    terminal.type("$jira | count | show as jsonl\r")
    #expect(terminal.wait(for: "{\"count\":2}") != nil)
  }

  /// Later statements can call a definition; an error in a call shows both places.
  @Test func keepsDefinitions() throws {
    let terminal = try start()
    terminal.wait(for: "> ")
    terminal.type("def few(n: int) = where tags has \"tag-legacy\" | first $n\r")
    terminal.type("list | few(2) | count | show as jsonl\r")
    #expect(terminal.wait(for: "{\"count\":2}") != nil)
    terminal.type("list | select id | few(2)\r")
    #expect(terminal.wait(for: "1 | def few(n: int) = where tags has \"tag-legacy\"") != nil)
    #expect(terminal.wait(for: "called here") != nil)
    terminal.type("for x in [1, 2] {\r")
    #expect(terminal.wait(for: "{> ") != nil)
    terminal.type("print f\"round {$x}\"\r}\r")
    #expect(terminal.wait(for: "round 2") != nil)
  }

  /// A definition uses its names as they were where it was written, or reports that it can't.
  @Test func definitionsAreHygienic() throws {
    let terminal = try start()
    terminal.wait(for: "> ")
    terminal.type("let n = 1\rdef few() = first $n\rlet n = 3\r")
    terminal.type("list | few() | count | show as jsonl\r")
    #expect(terminal.wait(for: "`$n` was rebound after this definition used it") != nil)
  }

  @Test func joinsLinesOfAnOpenConstruct() throws {
    let terminal = try start()
    terminal.wait(for: "> ")
    terminal.type("list |\r")
    #expect(terminal.wait(for: "|> ") != nil)
    terminal.type("where (\r")
    #expect(terminal.wait(for: "(> ") != nil)
    terminal.type("connected) | count | show as jsonl\r")
    #expect(terminal.wait(for: "{\"count\":") != nil)
  }

  @Test(arguments: [
    ("list |", "|> "), ("list where (", "(> "), ("if true {", "{> "), ("print \"\"\"a", "\"> "),
  ])
  func continuationPromptShowsTheOpenConstruct(_ line: String, _ prompt: String) throws {
    let terminal = try start()
    terminal.wait(for: "> ")
    terminal.type(line + "\r")
    #expect(terminal.wait(for: "   " + prompt, seconds: 10) != nil)
  }

  @Test func emptyLineEndsAnOpenConstruct() throws {
    let terminal = try start()
    terminal.wait(for: "> ")
    terminal.type("list |\r\r")
    #expect(terminal.wait(for: "error[C0050]") != nil)
    #expect(terminal.wait(for: "--> repl:2:1") != nil)
  }

  @Test func ctrlCAbandonsTheLine() throws {
    let terminal = try start()
    terminal.wait(for: "> ")
    terminal.type("list where nonsense")
    terminal.wait(for: "nonsense")
    terminal.type("\u{3}")
    #expect(terminal.wait(for: "> ") != nil)
    terminal.type("list | count | show as jsonl\r")
    #expect(terminal.wait(for: "{\"count\":58}") != nil)
  }

  /// The key may come while the program reads keys, between two lines, or during a list.
  @Test func ctrlCNeverEndsTheSession() throws {
    let terminal = try start()
    terminal.wait(for: "> ")
    for round in 0..<40 {
      terminal.type(round.isMultiple(of: 3) ? "list | count\r" : "\r\r")
      usleep(UInt32(round * 400))
      terminal.type("\u{3}")
    }
    // The terminal itself discards a key that comes with the last Ctrl-C.
    let isAlive = (0..<20).contains { _ in
      terminal.type("\rlist | count | show as jsonl\r")
      return terminal.wait(for: "{\"count\":58}", seconds: 1) != nil
    }
    #expect(isAlive)
  }

  @Test func writeAsksForConfirmation() throws {
    let terminal = try start()
    terminal.wait(for: "> ")
    terminal.type("get 37 | disconnect\r")
    #expect(terminal.wait(for: "Continue? [y/N] ") != nil)
    terminal.type("\r")
    #expect(terminal.wait(for: "nothing was changed") != nil)
    terminal.type("get 37 | disconnect | select outcome | show as jsonl\r")
    terminal.wait(for: "[y/N] ")
    terminal.type("y\r")
    #expect(terminal.wait(for: "{\"outcome\":\"done\"}") != nil)
  }

  @Test func savesHistoryWithoutCredentials() throws {
    let state = try Program.makeScratch()
    let terminal = try start(state: state)
    terminal.wait(for: "> ")
    terminal.type("list | first 1\rlet s = secret(\"env:X\")\r\u{4}")
    #expect(terminal.exitCode() == 0)
    let file = state.appending(path: "conn/history.jsonl")
    let history = try String(contentsOf: file, encoding: .utf8)
    #expect(history.contains("\"text\":\"list | first 1\"}\n"))
    #expect(history.split(separator: "\n").count == 1)
    let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions]
    #expect((mode as? NSNumber)?.intValue == 0o600)
    let again = try start(state: state)
    again.wait(for: "> ")
    again.type("\u{1B}[A")
    #expect(again.wait(for: "list | first 1") != nil)
  }

  /// Text that looks like a credential is not saved, however it comes about.
  @Test func savesNothingThatLooksLikeACredential() throws {
    let prompt = try PromptHarness(
      ["repl", "--simulator"], ["WORKATO_API_TOKEN": "wrkreal-12345"], rows: 60)
    prompt.type("def mk(pw: string) = update name = $pw, input = { a: $pw }\r")
    for line in [
      "get 36 | mk(\"hunter3\")", ":explain get 36 | mk(\"hunter3\")", "print \"wrkreal-12345\"",
      "let auth = \"Bearer hunter3\"", "get 36 | update INPUT = { pwd: \"hunter3\" }",
      "let j = \"eyJhbGciOi.hunter3\"", "let apiKey = \"hunter3\"",
    ] {
      prompt.type(line + "\r")
      prompt.expect(line)
      prompt.interrupt()
    }
    prompt.type("\u{C}")
    prompt.enter("get 36 | select id", expecting: "\n36\n")
    expectEqual(try prompt.entries, ["get 36 | select id"])
  }

  @Test(arguments: [
    "((((", "\"", "}", "| |", "list | first 99999999999999999999", "\u{1B}[A\u{1B}[B", "it", "$x",
    ":nope",
    "list where name == \"日本\"", "select 1", "f\"{", "@", "#", ";;;",
  ])
  func noLineEndsTheSession(_ line: String) throws {
    let terminal = try start()
    terminal.wait(for: "> ")
    terminal.type(line + "\r\r\r")
    terminal.type("\u{3}")
    // The key isn't echoed if there was no line to abandon.
    terminal.wait(for: "^C", seconds: 2)
    terminal.type("\r")
    terminal.wait(for: "> ")
    terminal.type("list | count | show as jsonl\r")
    #expect(terminal.wait(for: "{\"count\":58}") != nil)
  }

  /// Ctrl-C at the question is not an answer: the prompt returns, and a run ends as it is.
  @Test func ctrlCCancelsTheQuestion() throws {
    let terminal = try start()
    terminal.wait(for: "> ")
    terminal.type("get 36 | update name = \"x\"\r")
    terminal.wait(for: "[y/N]")
    terminal.type("\u{3}")
    #expect(terminal.wait(for: "not confirmed") != nil)
    #expect(terminal.wait(for: "> ") != nil)
    let script =
      "let r = get 36 | update name = \"x\"; if count($r) == 1 { get 37 | update name = \"x\" }"
    let run = try start(["eval", "--simulator", script])
    run.wait(for: "[y/N]")
    run.type("y\r")
    run.wait(for: "[y/N]")
    run.type("\u{3}")
    #expect(run.wait(for: "1 of 1 updated") != nil)
    #expect(run.exitCode() == 130)
  }

  @Test func showsNoPromptWithoutATerminal() async throws {
    let result = try await Program.run("printf 'list | count\\nit\\n' | conn repl --simulator")
    #expect(result.output == "{\"count\":58}\n{\"count\":58}\n")
    #expect(result.errors == "")
  }
}
