import Foundation
import TestSupport
import Testing
import Text

/// Keys on a terminal, and the resulting screen.
@Suite(.serialized, .ownThread) struct LineEditingTests {
  /// A line that is taller than the screen is shown in one row, and is run as a whole.
  @Test func foldsALineTallerThanTheScreen() throws {
    let prompt = try PromptHarness(rows: 10, columns: 40)
    let lines = ["list |"] + (1...13).map { "where id > \($0) |" } + ["count"]
    prompt.enter("print \"short\"", expecting: "\nshort")
    prompt.type(lines.joined(separator: "\r") + "\r")
    prompt.expect("1 row")
    prompt.expectPrompt()
    prompt.type("\u{1B}[A")
    #expect(
      prompt.terminal.waitToSee { $0.line.hasPrefix("<") && $0.line.hasSuffix("> 13 |^Jcount") })
    prompt.type("\u{1}")
    #expect(
      prompt.terminal.waitToSee { $0.line.hasPrefix("simulator 1 row> list |^Jwhere id > 1") })
    prompt.type("\u{1B}[A")
    prompt.expectLine("simulator 1 row> print \"short\"")
    prompt.type("\u{C}\u{1B}[B\r")
    prompt.expect("1 row\nsimulator 1 row>")
  }

  @Test func lineSurvivesANarrowerTerminal() throws {
    let prompt = try PromptHarness()
    prompt.type("list where application == \"salesforce\" and connected")
    prompt.expectLine("simulator> list where application == \"salesforce\" and connected")
    prompt.terminal.resize(rows: 24, columns: 40)
    prompt.expect("simulator> list where application == \"s")
    prompt.type(" | count | show as jsonl\r")
    prompt.expect("{\"count\":2}")
  }

  @Test func editsWideCharactersAndMarks() throws {
    let prompt = try PromptHarness()
    prompt.type("print \"日本 cafe\u{301}\"")
    prompt.expectLine("simulator> print \"日本 cafe\u{301}\"")
    // After the first wide character, which takes two columns.
    prompt.type("\u{1}\u{1B}f\u{1B}[C\u{1B}[C\u{1B}[CX")
    prompt.expectLine("simulator> print \"日X本 cafe\u{301}\"")
    prompt.type("\r")
    prompt.expect("\n日X本 cafe\u{301}")
  }

  @Test func rejectsInvalidUTF8() throws {
    let prompt = try PromptHarness()
    prompt.terminal.type(bytes: Array("print \"caf".utf8) + [0xFF] + Array("\"\r".utf8))
    prompt.expect("print \"caf\u{FFFD}\"")
    prompt.expect("error: the line is not valid UTF-8; press Up to recall it")
    prompt.enter("print \"still here\"", expecting: "\nstill here")
  }

  /// A pasted script is one statement, which is shown first and runs on Return.
  @Test func pastedLinesAreOneStatement() throws {
    let prompt = try PromptHarness(rows: 50)
    let lines = (1...199).map { "| where id != \($0 + 100_000)" }
    prompt.type("\u{1B}[200~list\n" + lines.joined(separator: "\n") + "\u{1B}[201~")
    prompt.expect("| where id != 100199")
    #expect(!prompt.seen.text.contains("rows"))
    prompt.type(" | count | show as jsonl\r")
    prompt.expect("{\"count\":58}")
    prompt.expectPrompt()
    expectEqual(
      try prompt.entries, ["list\n" + lines.joined(separator: "\n") + " | count | show as jsonl"])
  }

  /// A paste without its end marker would swallow every key.
  @Test func ctrlCEndsAnUnfinishedPaste() throws {
    let prompt = try PromptHarness()
    prompt.type("\u{1B}[200~list | delete")
    usleep(200_000)
    prompt.type("\u{3}")
    prompt.expect("list | delete")
    prompt.type("\u{3}")
    prompt.expect("^C")
    prompt.enter("print \"still here\"", expecting: "\nstill here")
  }

  @Test func recallsAMultilineStatementAsOne() throws {
    let prompt = try PromptHarness()
    prompt.type("list |\r")
    prompt.expectLine("   |>")
    prompt.type("count |\rshow as jsonl\r")
    prompt.expect("{\"count\":58}")
    prompt.expectPrompt()
    prompt.type("\u{1B}[A")
    prompt.expectLine("show as jsonl")
    prompt.type("\r")
    let isTwice = prompt.terminal.waitToSee { screen in
      screen.lines.count { $0 == "{\"count\":58}" } == 2
    }
    #expect(isTwice)
    expectEqual(try prompt.entries, ["list |\ncount |\nshow as jsonl"])
  }

  @Test func ctrlRSearchesTheHistory() throws {
    let prompt = try PromptHarness()
    prompt.enter("print \"first\"", expecting: "\nfirst")
    prompt.enter("print \"second\"", expecting: "\nsecond")
    prompt.type("\u{12}irs")
    prompt.expect("(reverse-i-search)`irs': print \"first\"")
    prompt.type("\r")
    let isTwice = prompt.terminal.waitToSee { $0.lines.count { $0 == "first" } == 2 }
    #expect(isTwice)
  }

  @Test func ctrlDLeavesOnlyOnAnEmptyLine() throws {
    let prompt = try PromptHarness()
    prompt.type("x\u{4}\u{1}\u{4}")
    prompt.expectLine("simulator>")
    prompt.leave()
  }

  @Test func honoursKeysOfTheInputrc() throws {
    let state = try Program.makeScratch()
    let inputrc = state.appending(path: "inputrc")
    try """
    set editing-mode vi
    $if conn
    "\\C-g": "list | count | show as jsonl"
    $endif
    $if other
    "\\C-g": "nothing"
    $endif
    """.write(to: inputrc, atomically: true, encoding: .utf8)
    let prompt = try PromptHarness(state: state, ["INPUTRC": inputrc.path])
    prompt.type("\u{7}")
    prompt.expectLine("simulator> list | count | show as jsonl")
    // In vi's command mode.
    prompt.type("\u{1B}0dwiget 36")
    prompt.expectLine("simulator> get 36| count | show as jsonl")
    prompt.type("\r")
    prompt.expect("{\"count\":1}")
  }

  /// Job control of a shell: the prompt stops and continues where it was.
  @Test func ctrlZSuspendsAndFgResumes() throws {
    let shell = try PromptHarness.shell()
    shell.type("list | count")
    #expect(shell.waitToSee { $0.line == "simulator> list | count" })
    shell.type("\u{1A}")
    #expect(shell.waitToSee { $0.text.contains("Stopped") && $0.line == "$" })
    shell.type("stty -a | grep -c ' icanon'; fg\r")
    #expect(shell.waitToSee { $0.lines.contains("1") && $0.line == "simulator> list | count" })
    shell.type(" | show as jsonl\r")
    #expect(shell.waitToSee { $0.text.contains("{\"count\":58}") && $0.line.hasSuffix(">") })
    shell.type("\u{4}exit\r")
    #expect(shell.exitCode() == 0, "\(shell.seen.text)")
  }

  /// However the program ends, the terminal is restored.
  @Test(arguments: ["\u{4}", "list | whe\u{1B}[D", "list |\r", ":quit\r", "list | count\r"])
  func everyEndRestoresTheTerminal(_ keys: String) throws {
    let prompt = try PromptHarness()
    let isEditing = prompt.terminal.modes.c_lflag & tcflag_t(ICANON) == 0
    #expect(isEditing)
    prompt.type(keys)
    if !["\u{4}", ":quit\r"].contains(keys) {
      usleep(100_000)
      prompt.terminal.signal(SIGTERM)
    }
    _ = prompt.terminal.exitCode()
    prompt.expectModesPutBack()
    #expect(!prompt.seen.modes.contains("?2004"))
  }

  /// Including ends by common fatal signals, and while output is stopped by a key.
  @Test(arguments: [SIGSEGV, SIGABRT, SIGTRAP, SIGUSR1, SIGALRM, SIGQUIT, SIGHUP])
  func signalsRestoreTheTerminal(_ number: Int32) throws {
    let prompt = try PromptHarness()
    prompt.type("list | \u{13}where")
    prompt.terminal.signal(number)
    _ = prompt.terminal.exitCode()
    prompt.expectModesPutBack()
  }

  /// If the line can't be coloured while it is typed, it is coloured once it is accepted.
  @Test func uncolourableLineIsShownAgainInColour() throws {
    let keys = try Program.makeScratch().appending(path: "inputrc")
    try "set horizontal-scroll-mode on\n".write(to: keys, atomically: true, encoding: .utf8)
    for (noColor, times) in [("", 2), ("1", 1)] {
      let prompt = try PromptHarness(
        ["repl", "--simulator"], ["INPUTRC": keys.path, "NO_COLOR": noColor])
      prompt.enter("print \"x\"", expecting: "\nx\n")
      #expect(prompt.seen.text.components(separatedBy: "print \"x\"").count - 1 == times)
    }
  }

  @Test(arguments: ["dumb", "unheard-of", "xterm"], [1, 2, 3])
  func worksOnVeryNarrowTerminals(_ kind: String, _ columns: Int) throws {
    let prompt = try PromptHarness(["repl", "--simulator"], ["TERM": kind])
    prompt.type("list where name == \"x\" | count")
    prompt.terminal.resize(rows: 24, columns: columns)
    prompt.type("abc\u{1B}[A\u{1}\u{5}\u{3}")
    _ = prompt.terminal.waitToSee(seconds: 0.3) { _ in false }
    prompt.terminal.resize(rows: 24, columns: 80)
    _ = prompt.terminal.waitToSee(seconds: 0.3) { _ in false }
    prompt.type("\u{3}\u{C}")
    prompt.enter("print \"alive\"", expecting: "\nalive")
  }

  /// Keys that make readline itself crash or hang.
  @Test(arguments: ["emacs", "vi"], [UInt64(1), 2])
  func survivesKeysThatCrashReadline(_ mode: String, _ seed: UInt64) throws {
    let keys = try Program.makeScratch().appending(path: "inputrc")
    try "set editing-mode \(mode)\n".write(to: keys, atomically: true, encoding: .utf8)
    let prompt = try PromptHarness(["repl", "--simulator"], ["INPUTRC": keys.path])
    var random = SplitMix64(seed: seed)
    let pool =
      Array("ewbftFT;,dycpxhlaA0$iIrsR:~[*()| \"".utf8) + [0x1B, 0x1D, 0xFF, 0xC3, 0xE2, 0x82]
    for keys in ["\u{1D}\u{1B}[~:d*\u{3}", "\u{12}\u{18}*\u{3}", "\u{12}is\u{18}e\u{3}"] {
      prompt.terminal.type(bytes: Array(keys.utf8))
    }
    for _ in 0..<40 {
      let bytes = (0..<25).map { _ in pool.randomElement(using: &random) ?? 0 }
      prompt.terminal.type(bytes: bytes)
      _ = prompt.terminal.waitToSee(seconds: 0.02) { _ in false }
    }
    // The keys may leave readline in any mode; these leave all of them.
    let isAlive = (0..<5).contains { _ in
      prompt.type("\u{1B}\u{3}")
      _ = prompt.terminal.waitToSee(seconds: 0.5) { _ in false }
      prompt.type("\u{15}print \"alive\"\r")
      return prompt.terminal.waitToSee(seconds: 3) { $0.text.contains("\nalive") }
    }
    #expect(isAlive, "\(prompt.seen.text)")
  }

  @Test func printsNoEscapeCodesWithoutATerminal() async throws {
    let result = try await Program.run(
      "printf 'list |\\nfirst 1 | select id\\n:help\\nlist where\\n' | conn repl --simulator")
    #expect(result.output == "{\"id\":36}\n")
    #expect(!(result.output + result.errors).contains("\u{1B}"))
    #expect(result.errors.contains("error: commands such as `:help` need a terminal"))
    #expect(result.exitCode == 2)
  }

  /// The program exits with the code of the first failure, and runs the statements after it.
  @Test func exitsWithTheFirstFailureWithoutATerminal() async throws {
    let result = try await Program.run(
      "printf 'list | expect count == 1\nlst\nget 36 | select id\n' | conn repl --simulator")
    #expect(result.output == "{\"id\":36}\n")
    #expect(result.exitCode == 5)
  }
}

extension PromptHarness {
  /// The texts in the history file.
  var entries: [String] {
    get throws {
      let file = state.appending(path: "conn/history.jsonl")
      return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map { line in
        try JSONDecoder().decode(Entry.self, from: Data(line.utf8)).text
      }
    }
  }

  private struct Entry: Decodable {
    let text: String
  }
}
