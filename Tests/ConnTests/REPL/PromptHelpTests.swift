import Foundation
import TestSupport
import Testing

/// Tab, C-x p and the commands that start with a colon.
@Suite(.serialized, .ownThread) struct PromptHelpTests {
  // MARK: Completion

  /// The typed text, and the line after Tab.
  @Test func tabCompletesNames() throws {
    let prompt = try PromptHarness()
    for (typed, line) in [
      ("lis", "list"), ("list where appli", "list where application"),
      ("list | dist", "list | distinct"), ("list | s", "list | s"),
      ("list where connected | disc", "list where connected | disconnect"),
      ("list | select id, name | where na", "list | select id, name | where name"),
      ("list where tags ha", "list where tags has"),
      ("list where connected | disconnect fo", "list where connected | disconnect force"),
      ("list where lower(name) st", "list where lower(name) starts with"),
      ("list | show as rec", "list | show as record"), (":expl", ":explain"),
      (":explain lis", ":explain list"), (":help gro", ":help group"), ("nope", "nope"),
      ("list | where (appl", "list | where (application"), ("print \"lis", "print \"lis"),
    ] {
      prompt.type(typed + "\t")
      prompt.expectLine("simulator> " + line)
      prompt.type("\u{15}")
      prompt.expectLine("simulator>")
    }
  }

  @Test func tabCompletesValuesOfTheLastList() throws {
    let prompt = try PromptHarness(rows: 40)
    prompt.enter("list | count | show as jsonl", expecting: "{\"count\":58}")
    prompt.type("list where application == \"sal\t")
    prompt.expectLine("simulator 1 row> list where application == \"salesforce\"")
    prompt.type("\u{15}get 130\t\t")
    prompt.expect("1301  Prod JIRA connection\n1302  Test JIRA connection\n")
    prompt.expect("from the last list (58 connections, just now)\nsimulator 1 row> get 130")
  }

  @Test func tabCompletesFileNames() throws {
    let folder = try Program.makeScratch()
    for name in ["yesterday.json", "years.csv", "notes.txt", "with \"quotes\".json"] {
      try "[]".write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
    }
    let prompt = try PromptHarness()
    prompt.type("from \"\(folder.path)/ye\t\t")
    prompt.expect("years.csv")
    prompt.expect("yesterday.json")
    prompt.type("st\t")
    let isWhole = prompt.terminal.waitToSee {
      $0.lines.joined().contains("from \"\(folder.path)/yesterday.json")
    }
    #expect(isWhole)
    #expect(!prompt.seen.text.contains("notes.txt"))
  }

  // MARK: The line

  @Test func messagesBreakBetweenWords() throws {
    let prompt = try PromptHarness()
    prompt.type("list | delete\r")
    prompt.expect("`list where … | delete`, or `list all` if you mean every\n     connection\n")
    prompt.expectPrompt()
    prompt.type(":explain list where tags has \"tag-legacy\" | disconnect\r")
    prompt.expect("because a pipeline that writes reads\n    the whole list\n")
    prompt.expectPrompt()
  }

  @Test func narrowTerminalsKeepColouredWords() throws {
    let prompt = try PromptHarness(["repl", "--simulator"], ["NO_COLOR": ""], columns: 20)
    prompt.type("list where nme\r")
    prompt.expect("error[C0103]: unknow\nn field `nme`\n")
  }

  /// Twenty columns are enough for everything that has to be read before a Yes.
  @Test func narrowTerminalsShowEverything() throws {
    let prompt = try PromptHarness(rows: 40, columns: 20)
    prompt.type("list | first 2\r")
    prompt.expect("id  name     applic…\n36  ACME P…  salesf…")
    prompt.expectPrompt()
    prompt.type("\u{C}get 36 | delete\r")
    prompt.expect("36  ACME Production\n    Salesforce\n    connection\n")
    prompt.expect("Delete the\nconnection 36 \"ACME\nProduction\nSalesforce\nconnection\" (of 58).")
    prompt.expectLine("Continue? [y/N]")
    prompt.type("n\r")
    prompt.expect("The plan is kept. To\n apply it: :go")
    prompt.expectPrompt()
    prompt.type("\u{C}list | s\t\t")
    prompt.expect("select  chooses an…\nsort    orders the…")
    prompt.type("\u{15}:help where\r")
    prompt.expect("where predicate")
    prompt.expectPrompt()
  }

  @Test func previewsTheLine() throws {
    let prompt = try PromptHarness()
    prompt.type("list where connected | delete\u{18}p")
    prompt.expect("destructive – nothing has been listed yet; no row limit")
    prompt.expectLine("simulator> list where connected | delete")
    prompt.type("\u{15}")
    prompt.enter("list | count | show as jsonl", expecting: "{\"count\":58}")
    prompt.type("list where application == \"jira\" | first 3 | delete\u{18}p")
    prompt.expect("destructive – matches 3 of 58 connections (listed just now); at most 3 rows")
    prompt.type("\u{15}list where nme == 1\u{18}p")
    prompt.expect("not ready: unknown field `nme`")
    prompt.type("\u{15}list where application == \"jira\" | group by name | count\u{18}p")
    prompt.expect("read – matches 7 of 58 connections (listed just now); at most 1 row")
  }

  /// The page needs no call: the server is gone.
  @Test func previewSendsNothing() throws {
    let served = try ServedWorkspace()
    let prompt = try PromptHarness(["repl", "--host", served.url], served.variables)
    prompt.enter("list | count | show as jsonl", expecting: "{\"count\":58}")
    served.stop()
    prompt.type("get 36 | delete\u{18}p")
    prompt.expect("destructive – matches 1 of 58 connections")
  }

  @Test func coloursTheLine() throws {
    let prompt = try PromptHarness(["repl", "--simulator"], ["NO_COLOR": ""])
    prompt.type("list where name == \"x\" | (nope")
    prompt.expectLine("simulator> list where name == \"x\" | (nope")
    let isColoured = prompt.terminal.waitToSee { screen in
      screen.styles(of: "list where name")?.first == "1"
        && screen.styles(of: "where name")?.prefix(5) == ["1;35", "1;35", "1;35", "1;35", "1;35"]
        && screen.styles(of: "\"x\"") == ["32", "32", "32"]
    }
    #expect(isColoured)
    #expect(prompt.seen.styles(of: "simulator")?.first == "1")
    prompt.type("\u{15}list where nme == 1")
    #expect(prompt.terminal.waitToSee { $0.styles(of: "nme")?.first == "4;31" })
    prompt.type("\u{15}list where (name == \"x\")")
    #expect(prompt.terminal.waitToSee { $0.styles(of: "(")?.first == "1;7" })
  }

  @Test func dumbTerminalGetsNoColours() throws {
    let prompt = try PromptHarness(["repl", "--simulator"], ["NO_COLOR": "", "TERM": "dumb"])
    prompt.type("list | first 1 | select id\r")
    prompt.expect("\n36\n")
    prompt.expectPrompt()
    #expect(prompt.seen.styles(of: "simulator")?.first == "")
    #expect(prompt.seen.unknown == [])
  }

  /// If there is exactly one fix, the corrected line is offered for editing, not run.
  @Test func offersTheCorrectedLine() throws {
    let prompt = try PromptHarness()
    prompt.type("list where name = \"x\" | count\r")
    prompt.expect("error[C0056]")
    prompt.expectLine("simulator> list where name == \"x\" | count")
    prompt.type("\r")
    prompt.expect("\n    0\n")
    // The line is shown before it is run, so it may be a guess.
    prompt.type("list where nme == \"x\" | frist 1\r")
    prompt.expectLine("simulator 1 row> list where name == \"x\" | first 1")
    prompt.type("\u{15}list where nonsense == 1\r")
    prompt.expect("unknown field `nonsense`")
    prompt.expectLine("simulator 1 row>")
  }

  @Test func firstRunShowsAHint() throws {
    let prompt = try PromptHarness()
    #expect(
      prompt.seen.lines.prefix(4) == [
        "A pipeline reads and changes connections: list where not connected | count",
        "Tab completes, C-x p previews the line, and conn asks before it writes.",
        ":help shows more, Ctrl-D leaves.", "simulator>",
      ])
    prompt.enter("print \"x\"", expecting: "\nx")
    prompt.leave()
    let again = try PromptHarness(state: prompt.state)
    #expect(again.seen.text == "simulator>")
  }

  // MARK: Commands

  /// The typed line, and part of what it shows.
  @Test func commandsShowTheirResults() throws {
    let prompt = try PromptHarness(rows: 60)
    for (typed, shown) in [
      (":help", "`:help TOPIC` shows a topic"),
      (":help first", "list | sort by updated_at | first 3"),
      (":help :go", "apply the plan"), (":help C-x p", "conn-preview"),
      (":help nonsense", "no help on `nonsense`"), (":help C0103", "C0103"),
      (":fields", "connection_lost_reason"), (":fields list | group by application", "2 columns"),
      (":fields list | nope", "error[C0"), (":tags", "nothing has been listed yet"),
      (":why 36", "nothing has been selected yet"), (":why x", "`x` is not a connection id"),
      (":why", "usage: `:why ID`"), (":go", "there is no plan to apply"),
      (":explain", "there is no statement"), (":plan /tmp/x", "there is no statement to plan"),
      (":explain get 36 | delete", "effect: destructive"),
      (":undo", "nothing was written in this session"),
      (":fg now", "usage: `:fg`"), (":fg", "no run is in the background"),
      (":nope", "unknown command `:nope`"), (":qiut", "did you mean `:quit`?"),
      (":", "`:help TOPIC` shows a topic"), ("help", "`:help TOPIC` shows a topic"),
      (":profile", "0 rows"),
      (":profile nope", "error: :profile: unknown profile `nope`"),
      (":save /tmp/x.txt", "error["),
    ] {
      prompt.type("\u{C}")
      prompt.expectPrompt()
      prompt.enter(typed, expecting: shown)
    }
    prompt.enter("print \"still here\"", expecting: "\nstill here")
  }

  @Test func whyAndTagsExplainTheLastSelection() throws {
    let prompt = try PromptHarness()
    prompt.enter("list where application == \"jira\" and connected | first 1", expecting: "1 row;")
    prompt.enter(":why 1301", expecting: "1301 (Prod JIRA connection) is selected by list where")
    prompt.enter(":why 36", expecting: "false    application == \"jira\"")
    prompt.enter(":why 1302", expecting: "1302 (Test JIRA connection) is not selected by")
    prompt.enter(":why 99", expecting: "99 is not among the rows of")
    prompt.enter(":tags", expecting: "5 tags on 26 of 58 connections")
  }

  @Test func numbersResults() throws {
    let prompt = try PromptHarness()
    prompt.enter("list | first 3", expecting: "3 rows")
    prompt.enter("list | first 2", expecting: "2 rows")
    prompt.enter("$1 | count | show as jsonl", expecting: "{\"count\":3}")
    prompt.enter("$2 | count | show as jsonl", expecting: "{\"count\":2}")
    prompt.enter("it | show as jsonl", expecting: "it | show as jsonl\n{\"count\":2}")
    prompt.enter("$9", expecting: "no result `$9`")
    prompt.expect("the last one is `$5`")
  }

  @Test func keepsAHundredResults() throws {
    let prompt = try PromptHarness()
    prompt.type("get 36 | count\r" + String(repeating: "it\r", count: 100))
    prompt.type("$1 | show as jsonl\r")
    prompt.expect("no result `$1`")
    prompt.expect("the results still available are `$2` to `$101`")
  }

  @Test func switchesModes() throws {
    let prompt = try PromptHarness()
    prompt.ask("get 36 | update name = \"before\"")
    prompt.enter("y", expecting: "1 of 1 updated")
    prompt.type(":preview\r")
    prompt.expectLine("simulator [preview] 1 row>")
    prompt.enter("get 36 | update name = \"after\"", expecting: "nothing was changed.")
    prompt.type(":dry-run\r")
    prompt.expectLine("simulator [dry-run] 1 row>")
    prompt.enter("list | count", expecting: "Dry run: nothing was sent.")
    prompt.type(":live\r")
    prompt.expectLine("simulator>")
    // Earlier writes are still there: it is the same simulator.
    prompt.enter("get 36 | select name | show as jsonl", expecting: "{\"name\":\"before\"}")
  }

  @Test func savesResultsAndEditsStatements() throws {
    let folder = try Program.makeScratch()
    let prompt = try PromptHarness(
      ["repl", "--simulator"], ["EDITOR": "sed -i s/first/last/", "TMPDIR": folder.path])
    prompt.enter("list | first 2 | select id", expecting: "2 rows")
    prompt.type(":edit\r")
    prompt.expectLine("simulator 2 rows> list | last 2 | select id")
    prompt.type("\u{3}")
    prompt.enter(":save \(folder.path)/two.csv", expecting: "2 rows saved to")
    let saved = try String(contentsOf: folder.appending(path: "two.csv"), encoding: .utf8)
    #expect(saved == "id\r\n36\r\n37\r\n")
    let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(left == ["two.csv"])
    // The saved script is the statement last selected and typed.
    prompt.enter(":why 36", expecting: "is selected by list | first 2")
    prompt.enter(":explain", expecting: "only the first 2.")
    prompt.enter(":explain list where name == \"a  b\"", expecting: "equal to \"a  b\"")
  }

  @Test(arguments: ["false", "kill -9 $$", "no-such-pager"])
  func failingPagerFallsBackToPlainOutput(_ pager: String) throws {
    let prompt = try PromptHarness(["repl", "--simulator"], ["PAGER": pager])
    prompt.type("list | select id\r")
    prompt.expect("58 rows\nwarning: the pager `")
  }

  @Test func childrenDoNotInheritSecrets() throws {
    let prompt = try PromptHarness(
      ["repl", "--simulator"], ["PAGER": "echo leak=$MY_SECRET; tail -1", "MY_SECRET": "hunter4"],
      rows: 20)
    prompt.ask("get 36 | update input = { password: secret(\"env:MY_SECRET\") }")
    prompt.enter("n", expecting: "The plan is kept")
    prompt.enter("list | select id", expecting: "leak=\n58 rows")
  }

  @Test func reportsAMissingEditor() throws {
    let prompt = try PromptHarness(["repl", "--simulator"], ["EDITOR": "no-such-editor"])
    prompt.enter("print \"x\"", expecting: "\nx")
    prompt.enter(":edit", expecting: "error: the editor `no-such-editor` failed")
  }

  @Test func pagesLongResults() throws {
    let prompt = try PromptHarness(
      ["repl", "--simulator"],
      [
        "PAGER": "sed s/^/paged:/ | tail -1; echo $WORKATO_API_TOKEN end",
        "WORKATO_API_TOKEN": "wrk-not-for-children",
      ])
    prompt.enter("list | select id", expecting: "paged:58 rows\nend")
    prompt.enter("list | first 2 | select id", expecting: "\n2 rows")
    #expect(!prompt.seen.text.contains("wrk-not-for-children"))
  }
}
