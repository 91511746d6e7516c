import Foundation
import TestSupport
import Testing

/// Whole sittings at the prompt, key by key, on a terminal of 80 columns.
///
/// A walk is a text file: a line that begins with `» ` holds keys, and the lines below it are the
/// screen that they lead to. `⏎` is Return, `⇥` Tab, `→` the right arrow and `^C` Ctrl-C.
/// Keys after `» ` begin on an empty screen, keys after `» + ` go on with the last one.
@Suite(.serialized, .ownThread) struct PromptWalkTests {
  private struct Step {
    let keys: String
    var screen: [String] = []
  }

  @Test(arguments: Golden.files(in: "Tests/ConnTests/Walks", ending: ".txt"))
  func screensAreAsRecorded(_ file: URL) throws {
    let folder = try Program.makeScratch()
    let prompt = try PromptHarness(
      ["repl", "--simulator"], ["HOME": folder.path, "NO_COLOR": ""], rows: 48)
    var lines: [String] = []
    for step in try Self.steps(of: file) {
      if !step.keys.hasPrefix("+ ") { prompt.type("\u{C}") }
      prompt.type(Self.typed(step.keys))
      let isSeen = Golden.isRecording ? Self.rests(prompt) : Self.shows(prompt, step.screen)
      let screen = Self.stable(prompt.seen)
      if !isSeen { expectText(screen, step.screen.joined(separator: "\n"), "after \(step.keys)") }
      lines += ["» " + step.keys, screen]
    }
    if Golden.isRecording {
      try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: file)
    }
    #expect(prompt.terminal.exitCode() == 0)
  }

  private static func steps(of file: URL) throws -> [Step] {
    var steps: [Step] = []
    let text = try String(contentsOf: file, encoding: .utf8)
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
      if line.hasPrefix("» ") {
        steps.append(Step(keys: String(line.dropFirst(2))))
      } else {
        steps[steps.count - 1].screen.append(String(line))
      }
    }
    return steps
  }

  private static let names = [("⏎", "\r"), ("⇥", "\t"), ("→", "\u{1B}[C"), ("^C", "\u{3}")]

  private static func typed(_ keys: String) -> String {
    let keys = keys.hasPrefix("+ ") ? String(keys.dropFirst(2)) : keys
    return names.reduce(keys) { $0.replacingOccurrences(of: $1.0, with: $1.1) }
  }

  private static func shows(_ prompt: PromptHarness, _ screen: [String]) -> Bool {
    prompt.terminal.waitToSee(seconds: 30) { stable($0) == screen.joined(separator: "\n") }
  }

  /// Waits until nothing has changed for two seconds.
  private static func rests(_ prompt: PromptHarness) -> Bool {
    var last = ""
    while last != prompt.seen.text {
      last = prompt.seen.text
      _ = prompt.terminal.waitToSee(seconds: 2) { $0.text != last }
    }
    return true
  }

  /// The screen without what differs from run to run: names of runs, ports, times, rates and
  /// durations.
  private static func stable(_ screen: Screen) -> String {
    screen.text
      .replacing(/\d{8}T\d{6}Z-[0-9a-f]{4}/, with: "20260131T100000Z-a1b2")
      .replacing(/127\.0\.0\.1:\d{4,5}/, with: "127.0.0.1:49152")
      .replacing(/20[2-9]\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/, with: "2026-01-31T10:00:00Z")
      .replacing(/\d\.\d\d\/s/, with: "1.00/s").replacing(/calls, \d+ s/, with: "calls, 5 s")
  }
}
