import Foundation
import TestSupport
import Testing

/// Values on Tab, with and without a list, and the rest of earlier lines.
@Suite(.serialized, .ownThread) struct PromptCompletionTests {
  /// The typed text, and the line after Tab; nothing was listed before.
  @Test func tabReadsTheWorkspaceForValues() throws {
    let prompt = try PromptHarness()
    prompt.type("list where tags has \"tag-leg\t")
    prompt.expectLine("simulator> list where tags has \"tag-legacy\"")
    #expect(!prompt.seen.text.contains("Reading"))
    prompt.type("\u{15}list where application == sales\t")
    prompt.expectLine("simulator> list where application == \"salesforce\"")
    prompt.type("\u{15}list | where name == \"Prod J\t")
    prompt.expectLine("simulator> list | where name == \"Prod JIRA connection\"")
    // A list of a part lacks values of the rest.
    let again = try PromptHarness()
    again.enter("list where folder_id == 1892 | count", expecting: "1 row")
    again.type("list where application == \"sales\t")
    again.expectLine("simulator 1 row> list where application == \"salesforce\"")
  }

  @Test func valuesComeBeforeNames() throws {
    let prompt = try PromptHarness(rows: 100)
    prompt.enter("list | count", expecting: "1 row")
    prompt.type("list where application == \t\t")
    prompt.expect("from the last list (58 connections, just now)")
    let lines = prompt.seen.lines
    let (first, name) = (
      lines.firstIndex { $0.contains("\"jira\"") }, lines.firstIndex { $0.contains("lower(") }
    )
    #expect(first != nil && name != nil && (first ?? 0) <= (name ?? 0))
  }

  /// These need no list, so the server can be gone.
  @Test func tabKnowsStatusesAndSeenApplications() throws {
    let served = try ServedWorkspace()
    let prompt = try PromptHarness(["repl", "--host", served.url], served.variables)
    prompt.enter("list | count", expecting: "1 row")
    prompt.leave()
    served.stop()
    let again = try PromptHarness(
      ["repl", "--host", served.url], state: prompt.state, served.variables)
    for (typed, line) in [
      ("list where application == \"net", "list where application == \"netsuite\""),
      (
        "list where authorization_status == \"exc",
        "list where authorization_status == \"exception\""
      ),
      ("list where connected == t", "list where connected == true"),
    ] {
      again.type(typed + "\t")
      #expect(again.terminal.waitToSee { $0.line.hasSuffix("> " + line) }, "\(again.seen.text)")
      again.type("\u{15}")
    }
    again.type("list where name == \"\t")
    again.expect("error: ")
    #expect(again.terminal.waitToSee { $0.line.hasSuffix("> list where name == \"") })
  }

  @Test(arguments: ["--dry-run", "--snapshot"])
  func tabReadsNothingWhereNothingMayBeSent(_ mode: String) throws {
    let rows = try Program.makeScratch().appending(path: "rows.json")
    try "[]".write(to: rows, atomically: true, encoding: .utf8)
    let served = try ServedWorkspace()
    defer { served.stop() }
    let prompt = try PromptHarness(
      ["repl", "--verbose", "--host", served.url]
        + (mode == "--snapshot" ? [mode, rows.path] : [mode]),
      served.variables)
    prompt.type("list where name == \"\t\t")
    prompt.type("x")
    #expect(prompt.terminal.waitToSee { $0.line.hasSuffix("== \"x") })
    #expect(!prompt.seen.text.contains("GET"))
  }

  @Test func anyKeyEndsTheReading() throws {
    let served = try ServedWorkspace(
      faults:
        #"[{"on": "list", "play": "hang"}]"#)
    defer { served.stop() }
    let prompt = try PromptHarness(["repl", "--host", served.url], served.variables)
    prompt.type("get \t")
    prompt.expect("Reading the workspace's connections for Tab; any key stops this.")
    prompt.type("7")
    #expect(prompt.terminal.waitToSee(seconds: 5) { $0.line.hasSuffix("> get 7") })
  }

  // MARK: Suggestions

  @Test(arguments: ["\u{1B}[C", "\u{6}", "\u{1B}[F", "\u{5}"])
  func aKeyTakesTheSuggestion(_ key: String) throws {
    let prompt = try PromptHarness(["repl", "--simulator"], ["NO_COLOR": ""])
    prompt.enter("list | first 2 | select id", expecting: "2 rows")
    prompt.type("\u{C}li")
    prompt.expectLine("simulator 2 rows> list | first 2 | select id")
    let isGrey = prompt.terminal.waitToSee {
      $0.styles(of: "st | first 2")?.allSatisfy { $0 == "90" } == true
    }
    #expect(isGrey)
    prompt.type(key + " | count")
    prompt.expectLine("simulator 2 rows> list | first 2 | select id | count")
    prompt.type("\r")
    prompt.expect("\n    2\n")
  }

  /// Return runs what was typed, and nothing else stays on the screen.
  @Test func suggestionsAreNotPartOfTheLine() throws {
    let prompt = try PromptHarness(["repl", "--simulator"], ["NO_COLOR": ""])
    prompt.enter("print \"a\"; print \"b\"", expecting: "\nb")
    prompt.type("print \"a\"")
    prompt.expectLine("simulator> print \"a\"; print \"b\"")
    prompt.type("\r")
    prompt.expect("simulator> print \"a\"\na\nsimulator>")
    // Readline takes all of it at once.
    prompt.type("\u{C}")
    #expect(prompt.terminal.waitToSee { $0.text == "simulator>" })
    prompt.type("print \"a\"\r")
    #expect(
      prompt.terminal.waitToSee { $0.text == "simulator> print \"a\"\na\nsimulator>" })
    prompt.type("print \"a\"")
    prompt.type("\u{1}\u{3}")
    prompt.expect("simulator> print \"a\"^C\nsimulator>")
    prompt.type("\u{C}print \"a\"")
    prompt.expectLine("simulator> print \"a\"; print \"b\"")
    prompt.type("\u{3}")
    prompt.expect("simulator> print \"a\"^C\nsimulator>")
    prompt.type("pri\u{15}")
    prompt.expectLine("simulator>")
  }

  @Test func longSuggestionsStayInTheRow() throws {
    let prompt = try PromptHarness(["repl", "--simulator"], ["NO_COLOR": ""], columns: 40)
    let line = "print \"0123456789012345678901234567890123456789\""
    prompt.enter(line, expecting: "\n0123")
    prompt.type("pr")
    prompt.expectLine("simulator> print \"01234567890123456789…")
    prompt.type("\u{1B}[F")
    prompt.expect("simulator> print \"0123456789012345678901\n234567890123456789\"")
  }

  @Test(arguments: [["NO_COLOR": "1"], ["NO_COLOR": "", "TERM": "dumb"]])
  func plainTerminalsShowNoSuggestions(_ variables: [String: String]) throws {
    let prompt = try PromptHarness(["repl", "--simulator"], variables)
    prompt.enter("print \"a\"", expecting: "\na")
    prompt.type("pr\u{1B}[F")
    prompt.expectLine("simulator> pr")
  }

  @Test func credentialsAreNotSuggested() throws {
    let prompt = try PromptHarness(["repl", "--simulator"], ["NO_COLOR": ""])
    prompt.enter("print \"Bearer hunter3\"", expecting: "\nBearer hunter3")
    prompt.type("\u{C}")
    prompt.type("print \"Bea")
    prompt.expectLine("simulator> print \"Bea")
    #expect(!prompt.seen.text.contains("hunter3"))
  }
}
