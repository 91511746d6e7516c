import Foundation
import TestSupport
import Text

/// Texts that are easily confused: composed and decomposed, of one case and the other,
/// beyond the basic plane, from right to left, with the wildcards of every language. None holds a
/// NUL, which ends a text for `jq` and SQLite.
enum RandomText {
  private static let fragments = [
    "a", "B", "b", "jira", "JIRA", "prod", "Prod", "0", "42", " ", "-", "_", ".", "/", ";",
    "é", "e\u{301}", "É", "ñ", "n\u{303}", "\u{C5}", "A\u{30A}", "\u{212B}", "K", "\u{212A}",
    "ß", "ss", "ı", "i", "İ", "ﬁ", "fi", "Σ", "σ", "ς", "가", "\u{1100}\u{1161}", "日本", "語",
    "\u{FFFD}", "\u{E000}", "\u{FFFC}", "😀", "👍🏽", "👩\u{200D}👧", "𝒳", "𐍈", "\u{10FFFF}",
    "שלום", "مرحبا", "\u{A0}", "’", "*", "?", "[", "]", "%", "\\", "\"", "'", "{", "}", "$", "^",
    "(", "+", "|", "#", "\n", "\t", "\u{1}", "\u{7F}", "\u{200B}", "\u{202E}", "\u{FEFF}",
  ]

  /// Returns up to four fragments in a row; sometimes none.
  static func text(_ random: inout SplitMix64) -> String {
    (0..<random.number(in: 0...4)).map { _ in random.pick(fragments) }.joined()
  }

  /// Returns texts of which many differ in one place only.
  static func pool(_ count: Int, _ random: inout SplitMix64) -> [String] {
    var texts: [String] = []
    while texts.count < count {
      let text = text(&random)
      texts += [text, near(text, &random)]
    }
    return texts
  }

  /// Returns a text that differs from `text` in one place, or in its normal form, or not at all.
  static func near(_ text: String, _ random: inout SplitMix64) -> String {
    switch random.number(in: 0...6) {
    case 0: text + random.pick(fragments)
    case 1: random.pick(fragments) + text
    case 2: text.decomposedStringWithCanonicalMapping
    case 3: text.precomposedStringWithCanonicalMapping
    case 4: text.uppercased()
    case 5: String(String.UnicodeScalarView(text.unicodeScalars.dropLast()))
    default: text
    }
  }

  /// Returns a run of the scalars of `text`, which may begin with a combining mark.
  static func piece(of text: String, _ random: inout SplitMix64) -> String {
    let scalars = Array(text.unicodeScalars)
    let bounds = [random.number(in: 0...scalars.count), random.number(in: 0...scalars.count)]
    let run = scalars[(bounds.min() ?? 0)..<(bounds.max() ?? 0)]
    return String(String.UnicodeScalarView(run))
  }

  /// Returns a pattern for `like` that `text` satisfies, or nearly.
  static func wildcards(for text: String, _ random: inout SplitMix64) -> String {
    var pattern = ""
    for scalar in text.unicodeScalars {
      switch random.number(in: 0...9) {
      case 0: pattern += "?"
      case 1: pattern += "*"
      case 2: continue
      default: pattern.unicodeScalars.append(scalar)
      }
    }
    return random.chance(40) ? "*" + pattern + "*" : pattern
  }
}

extension SplitMix64 {
  mutating func number(in range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

  /// Returns `true` with a probability of `percent` out of 100.
  mutating func chance(_ percent: Int) -> Bool { number(in: 1...100) <= percent }

  /// Returns one of `choices`, of which there is at least one.
  mutating func pick<T>(_ choices: [T]) -> T { choices[number(in: 0...(choices.count - 1))] }
}
