import Foundation
import TestSupport
import Testing

/// The prompt of a program on a terminal, with a state directory of its own.
struct PromptHarness {
  let terminal: PseudoTerminal
  let state: URL

  /// Waits for the first prompt.
  init(
    _ arguments: [String] = ["repl", "--simulator"], state: URL? = nil,
    _ variables: [String: String] = [:], rows: Int = 24, columns: Int = 80
  ) throws {
    self.state = try state ?? Program.makeScratch()
    let standard = [
      "XDG_STATE_HOME": self.state.path, "TERM": "xterm", "NO_COLOR": "1",
      "INPUTRC": "/dev/null", "LC_ALL": "C.UTF-8", "PAGER": "cat",
    ]
    terminal = try PseudoTerminal(
      arguments, environment: Program.environment(standard.merging(variables) { $1 }),
      rows: rows, columns: columns)
    expectPrompt()
  }

  var seen: Screen { terminal.seen }

  func type(_ keys: String) { terminal.type(keys) }

  /// Waits until `text` is seen somewhere.
  func expect(_ text: String, _ place: SourceLocation = #_sourceLocation) {
    let isSeen = terminal.waitToSee { $0.text.contains(text) }
    #expect(isSeen, "no \(text) in:\n\(seen.text)", sourceLocation: place)
  }

  /// Waits until the cursor's row is as told.
  func expectLine(_ text: String, _ place: SourceLocation = #_sourceLocation) {
    let isSeen = terminal.waitToSee { $0.line == text }
    #expect(isSeen, "no line \(text) in:\n\(seen.text)", sourceLocation: place)
  }

  /// Waits for a prompt with an empty line behind it.
  func expectPrompt(_ place: SourceLocation = #_sourceLocation) {
    let isSeen = terminal.waitToSee { $0.line.hasSuffix(">") }
    #expect(isSeen, "no prompt in:\n\(seen.text)", sourceLocation: place)
  }

  /// Types a line, and waits for what it brings and for the next prompt. What stands above the line
  /// is not looked at.
  func enter(_ line: String, expecting text: String, _ place: SourceLocation = #_sourceLocation) {
    type(line + "\r")
    let isSeen = terminal.waitToSee { screen in
      let places = [">", "]", ":"].compactMap { end in
        screen.text.range(of: "\(end) \(line)\n", options: .backwards)?.lowerBound
      }
      // A long line is broken.
      let typed = places.max() ?? (line.count > 40 ? screen.text.startIndex : nil)
      return typed.map { screen.text[$0...].contains(text) } ?? false
    }
    #expect(isSeen, "no \(text) behind \(line) in:\n\(seen.text)", sourceLocation: place)
    expectPrompt(place)
  }

  /// Leaves, and expects that to go well.
  func leave(_ place: SourceLocation = #_sourceLocation) {
    type("\u{4}")
    #expect(terminal.exitCode() == 0, sourceLocation: place)
  }
}
