import Foundation
import TestSupport
import Testing
import Text

/// Random keys of ten thousand characters: the prompt neither ends nor hangs, and what it colours
/// as it is typed stands, character by character, where it stands without colours.
@Suite(.serialized, .ownThread) struct RandomKeysTests {
  private static let characters = 10_000
  private static let batch = 40

  private static let pieces: [String] =
    [
      "list ", "where ", "| ", "tags has \"", "name == \"ACME", "\"", "(", ")", "[", "]", "{", "}",
      "f\"{", "$x", "get 36", "first 3", "# note", "@2026-01-31", "日本", "é", "😀", "\t",
      "let x = ", ":he", ":fields", "update name = ", "delete", "disconnect force", "it ",
      "nonsense ",
    ]
    // Home, left, up, down; words; kills, yanks, undo, transpose, delete, quoted insert. End and right
    // would take over the rest of an earlier line, which only the coloured prompt shows.
    + ["\u{1}", "\u{2}", "\u{1B}[A", "\u{1B}[B", "\u{1B}[D"]
    + ["\u{1B}f", "\u{1B}b", "\u{B}", "\u{15}", "\u{17}", "\u{19}", "\u{1F}", "\u{14}", "\u{7F}"]
    + [
      "\u{1B}d", "\u{1B}u", "\u{16}x", "\u{1B}3", "\u{C}", "\u{12}is", "\u{7}", "\u{18}p", "\u{3}",
    ]
    + ["\r", "\r", "\u{1B}[200~list\n| first 2\u{1B}[201~"]

  @Test(arguments: [1, 2])
  func colouredLineEqualsThePlainOne(_ seed: UInt64) async throws {
    var random = SplitMix64(seed: seed)
    let plain = try await Self.prompt(["NO_COLOR": "1"])
    let coloured = try await Self.prompt(["NO_COLOR": ""])
    var sent = 0
    var last: [String] = []
    while sent < Self.characters / 2 {
      last = (0..<Self.batch).map { _ in Self.pieces.randomElement(using: &random) ?? "" }
      if Int.random(in: 0..<10, using: &random) == 0 { Self.resize([plain, coloured], &random) }
      // One key at a time, since pasted text is coloured only once, at its end.
      for key in last {
        if key == "\u{3}" { Self.waitForKeys([plain, coloured]) }
        [plain, coloured].forEach { $0.type(key) }
      }
      sent += last.joined().count
      let isSame = Self.areAlike(plain, coloured)
      #expect(
        isSame, "seed \(seed), behind \(last)\n\(plain.seen.text)\n---\n\(coloured.seen.text)")
      guard isSame else { return }
    }
    #expect(plain.seen.unknown == [] && coloured.seen.unknown == [])
    for prompt in [plain, coloured] {
      prompt.type("\u{7}\u{3}\u{3}\rprint \"alive\"\r")
      prompt.expect("\nalive")
      prompt.leave()
      #expect(prompt.terminal.modes.c_lflag & tcflag_t(ICANON | ECHO) == tcflag_t(ICANON | ECHO))
    }
  }

  private static func prompt(_ variables: [String: String]) async throws -> PromptHarness {
    let snapshot = try Program.makeScratch().appending(path: "snapshot.json")
    let listed = try await Program.run("conn eval --simulator 'list' --output json")
    try listed.output.write(to: snapshot, atomically: true, encoding: .utf8)
    return try PromptHarness(["repl", "--preview", "--snapshot", snapshot.path], variables)
  }

  /// Waits until both have taken in what was typed: whether a Ctrl-C finds a line or a statement
  /// that runs must not hang on the time. Readline alone shows the mark, and no mark stands there
  /// twice.
  private static func waitForKeys(_ prompts: [PromptHarness]) {
    let seen = prompts.map(\.seen.text).joined()
    let marks = (0x2801...0x28FF).compactMap(UnicodeScalar.init).map(String.init)
    let mark = marks.first { !seen.contains($0) } ?? ""
    prompts.forEach { $0.type(mark) }
    for prompt in prompts { _ = prompt.terminal.waitToSee(seconds: 30) { $0.text.contains(mark) } }
  }

  private static func resize(_ prompts: [PromptHarness], _ random: inout SplitMix64) {
    // When a terminal gets narrower, some rewrap the text below the prompt and some cut it off, so
    // the screen is cleared first.
    let size = (Int.random(in: 5...30, using: &random), Int.random(in: 20...100, using: &random))
    waitForKeys(prompts)
    for prompt in prompts {
      prompt.type("\u{7}\u{3}\u{C}")
      prompt.expectPrompt()
      prompt.terminal.resize(rows: size.0, columns: size.1)
      // Keys that arrive before the signal would be shown with the old size.
      _ = prompt.terminal.waitToSee(seconds: 0.6) { _ in false }
    }
  }

  /// Waits until both screens are the same and nothing more arrives.
  private static func areAlike(_ one: PromptHarness, _ other: PromptHarness) -> Bool {
    one.terminal.waitToSee(seconds: 60) { screen in
      _ = other.terminal.waitToSee(seconds: 0.05) { _ in false }
      return screen.typedText == other.seen.typedText
        && screen.cursor.row == other.seen.cursor.row
        && screen.cursor.column == other.seen.cursor.column
    }
  }
}
