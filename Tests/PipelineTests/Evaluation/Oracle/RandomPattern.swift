import TestSupport
import Text

/// A regular expression in the language's syntax and in that of Oniguruma, which `jq` uses.
///
/// `\d`, `\w` and `\b` speak of ASCII in the language and of Unicode there, `^` and `$` of the text
/// and of its lines; so Oniguruma is given what they stand for. Its `\z` would do for `$`, but is
/// not found behind a look-behind: `"a" | test("(?<=a)\\z")` is false in jq 1.6.
struct RandomPattern: Sendable {
  let source: String
  let oniguruma: String
  var ignoresCase = false

  private init(_ source: String, _ oniguruma: String? = nil) {
    self.source = source
    self.oniguruma = oniguruma ?? source
  }

  /// Returns a pattern that `text`, or a similar text, may match. Outside ASCII the two engines
  /// differ about case: to Oniguruma, `ss` is `ß`.
  init(for text: String, mayIgnoreCase: Bool, _ random: inout SplitMix64) {
    var maker = Maker(text: text, mayIgnoreCase: mayIgnoreCase, random: random)
    self = maker.pattern()
    random = maker.random
  }

  fileprivate static func + (lhs: Self, rhs: Self) -> Self {
    RandomPattern(lhs.source + rhs.source, lhs.oniguruma + rhs.oniguruma)
  }

  private static let word = "[A-Za-z0-9_]"
  private static let boundary = "(?:(?<=\(word))(?!\(word))|(?<!\(word))(?=\(word)))"

  private static let characters = [
    RandomPattern("."), RandomPattern("\\d", "[0-9]"), RandomPattern("\\D", "[^0-9]"),
    RandomPattern("\\w", word), RandomPattern("\\W", "[^A-Za-z0-9_]"),
    RandomPattern("\\s", "[\\t-\\r ]"), RandomPattern("\\S", "[^\\t-\\r ]"),
    RandomPattern("[a-z]"), RandomPattern("[^a-z]"), RandomPattern("[A-Zé日-語]"),
    RandomPattern("[^*?\\[\\]]"), RandomPattern("[\\d_]", "[0-9_]"),
  ]

  private static let quantifiers = ["*", "+", "?", "{2}", "{1,3}", "{2,}", "+?", "*?"]

  /// Draws the parts of a pattern.
  private struct Maker {
    let text: String
    let mayIgnoreCase: Bool
    var random: SplitMix64

    mutating func pattern() -> RandomPattern {
      var pattern = sequence()
      if random.chance(25) { pattern = pattern + RandomPattern("|") + sequence() }
      guard mayIgnoreCase, random.chance(50) else { return pattern }
      var folded = RandomPattern("(?i)" + pattern.source, pattern.oniguruma)
      folded.ignoresCase = true
      return folded
    }

    private mutating func sequence() -> RandomPattern {
      var sequence = random.chance(25) ? RandomPattern("^", "\\A") : RandomPattern("")
      for _ in 0..<random.number(in: 1...3) { sequence = sequence + part() }
      return random.chance(25) ? sequence + RandomPattern("$", "(?![\\s\\S])") : sequence
    }

    private mutating func part() -> RandomPattern {
      switch random.number(in: 0...9) {
      case 0...3: literal()
      case 4...5: quantified(random.pick(characters))
      case 6: RandomPattern("\\b", boundary)
      case 7: random.pick(characters)
      case 8: quantified(group())
      default: group()
      }
    }

    private mutating func group() -> RandomPattern {
      let open = RandomPattern(random.chance(50) ? "(" : "(?:")
      return open + literal() + RandomPattern("|") + random.pick(characters) + RandomPattern(")")
    }

    private mutating func quantified(_ pattern: RandomPattern) -> RandomPattern {
      pattern + RandomPattern(random.pick(quantifiers))
    }

    private mutating func literal() -> RandomPattern {
      var literal = ""
      for scalar in RandomText.piece(of: text, &random).unicodeScalars {
        if ".*+?()[]{}|^$\\".unicodeScalars.contains(scalar) { literal += "\\" }
        literal.unicodeScalars.append(scalar)
      }
      return RandomPattern(literal)
    }
  }
}
