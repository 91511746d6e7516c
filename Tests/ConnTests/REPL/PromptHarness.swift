import Foundation
import TestSupport
import Testing

/// Runs the prompt on a pseudo-terminal with a state directory of its own.
struct PromptHarness {
  let terminal: PseudoTerminal
  let state: URL

  /// Waits for the first prompt.
  init(
    _ arguments: [String] = ["repl", "--simulator"], state: URL? = nil,
    _ variables: [String: String] = [:], rows: Int = 24, columns: Int = 80
  ) throws {
    self.state = try state ?? Program.makeScratch()
    terminal = try PseudoTerminal(
      arguments,
      environment: Program.environment(Self.standard(self.state).merging(variables) { $1 }),
      rows: rows, columns: columns)
    expectPrompt()
  }

  /// Starts a shell with job control, and the prompt in it.
  static func shell(_ location: SourceLocation = #_sourceLocation) throws -> PseudoTerminal {
    let environment = Program.environment(
      standard(try Program.makeScratch()).merging(["PS1": "$ "]) { $1 })
    let shell = try PseudoTerminal(
      ["--norc", "--noprofile", "-i"], environment: environment, program: "/bin/bash", rows: 40)
    shell.type("'\(Program.binary.path)' repl --simulator\r")
    #expect(shell.waitToSee { $0.line == "simulator>" }, sourceLocation: location)
    return shell
  }

  private static func standard(_ state: URL) -> [String: String] {
    [
      "XDG_STATE_HOME": state.path, "TERM": "xterm", "NO_COLOR": "1",
      "INPUTRC": "/dev/null", "LC_ALL": "C.UTF-8", "PAGER": "cat",
    ]
  }

  var seen: Screen { terminal.seen }

  func type(_ keys: String) { terminal.type(keys) }

  /// Waits until `text` is on the screen.
  func expect(_ text: String, _ location: SourceLocation = #_sourceLocation) {
    let isSeen = terminal.waitToSee { $0.text.contains(text) }
    #expect(isSeen, "no \(text) in:\n\(seen.text)", sourceLocation: location)
  }

  /// Waits until the cursor's row is as given.
  func expectLine(_ text: String, _ location: SourceLocation = #_sourceLocation) {
    let isSeen = terminal.waitToSee { $0.line == text }
    #expect(isSeen, "no line \(text) in:\n\(seen.text)", sourceLocation: location)
  }

  /// Waits for a prompt followed by an empty line.
  func expectPrompt(_ location: SourceLocation = #_sourceLocation) {
    let isSeen = terminal.waitToSee { $0.line.hasSuffix(">") }
    #expect(isSeen, "no prompt in:\n\(seen.text)", sourceLocation: location)
  }

  /// Types Ctrl-C until the line is empty. One that comes before a corrected line is offered leaves
  /// that line for the next.
  func interrupt(_ location: SourceLocation = #_sourceLocation) {
    for _ in 0..<10 {
      type("\u{3}")
      if terminal.waitToSee(seconds: 1, { $0.line.hasSuffix(">") }) { return }
    }
    Issue.record("no prompt in:\n\(seen.text)", sourceLocation: location)
  }

  /// Types a line, and waits for its result and the next prompt. Ignores everything above the line.
  func enter(_ line: String, expecting text: String, _ location: SourceLocation = #_sourceLocation)
  {
    type(line + "\r")
    let isSeen = terminal.waitToSee { screen in
      let starts = [">", "]", ":"].compactMap { end in
        screen.text.range(of: "\(end) \(line)\n", options: .backwards)?.lowerBound
      }
      // A long line is wrapped.
      let typed = starts.max() ?? (line.count > 40 ? screen.text.startIndex : nil)
      return typed.map { screen.text[$0...].contains(text) } ?? false
    }
    #expect(isSeen, "no \(text) behind \(line) in:\n\(seen.text)", sourceLocation: location)
    expectPrompt(location)
  }

  /// Types a statement, and waits for the question before its writes: a yes for one, their number
  /// for several.
  func ask(_ statement: String, writes: Int = 1, _ location: SourceLocation = #_sourceLocation) {
    type(statement + "\r")
    expectLine(writes == 1 ? "Continue? [y/N]" : "Type \(writes) to continue:", location)
  }

  /// Starts six writes, which take 5 s at one per second, and waits for the first.
  func startSixWrites(_ location: SourceLocation = #_sourceLocation) {
    ask(Self.sixWrites, writes: 6, location)
    type("6\r")
    expect("update 1/6", location)
  }

  static let sixWrites =
    #"list where application == "jira" | sort by id | first 6 | update name = "x""#

  /// Confirms an update that needs a secret, and waits for the question for it.
  func askForSecret(_ location: SourceLocation = #_sourceLocation) {
    ask("get 36 | update input = { password: secret(\"prompt\") }", location)
    type("y\r")
    expectLine("Secret:", location)
  }

  /// Expects that the terminal echoes and buffers keys again, and obeys Ctrl-C.
  func expectModesPutBack(_ location: SourceLocation = #_sourceLocation) {
    let wanted = tcflag_t(ICANON | ECHO | ISIG)
    #expect(terminal.modes.c_lflag & wanted == wanted, sourceLocation: location)
  }

  /// Leaves the prompt, and expects success.
  func leave(_ location: SourceLocation = #_sourceLocation) {
    type("\u{4}")
    #expect(terminal.exitCode() == 0, sourceLocation: location)
  }
}
