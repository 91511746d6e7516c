import Foundation
import Language
import TestSupport
import Testing
import Text

@Suite struct RegularExpressionTests {
  @Test(arguments: [
    ("abc", "xabcx", true), ("^abc$", "abcx", false), ("a|b", "xb", true),
    ("^(a|b)*$", "abba", true),
    ("^a{2,3}$", "aaaa", false), ("^a{2}$", "aa", true), ("^a{2,}$", "aaaa", true),
    ("[a-c]+", "xbx", true), ("[^a-c]", "abc", false), ("\\d{4}", "in 2026", true),
    ("\\bJIRA\\b", "Prod JIRA!", true), ("\\BJIRA", "JIRA", false), ("(?i)jira", "JIRA", true),
    ("(?i)k", "\u{212A}", true), ("(?i)K", "\u{212A}", true), ("(?i)s", "ſ", true),
    ("(?i)σ", "ς", true), ("(?i)i", "ı", false), ("(?i)I", "ı", false),
    ("(?i)ÉCOLE", "école", true), ("a.c", "a\nc", false), ("\\.", "a", false), ("[]", "]", false),
    ("[\\w-]+$", "a-b", true), ("x*", "", true), ("(?:ab)+?c", "ababc", true), ("", "", true),
    ("[\\D]", "1", false), ("é", "e\u{301}", false), ("{", "{", true), ("日本", "日本語", true),
  ])
  func matchesAsExpected(_ pattern: String, _ text: String, _ expected: Bool) throws {
    guard let expression = try? RegularExpression(pattern) else {
      #expect(pattern == "[]")
      return
    }
    #expect(expression.matches(text) == expected)
  }

  /// Copying the alternatives before each one would take minutes.
  @Test func compilesManyAlternatives() throws {
    let words = (0..<20_000).map { "w\($0)x" }
    let expression = try RegularExpression(words.joined(separator: "|"))
    for word in ["w0x", "w9999x", "w19999x"] { #expect(expression.matches(word)) }
    #expect(!expression.matches("w20000x"))
  }

  @Test(arguments: [
    "(", ")", "[", "a{2", "*", "a**", "\\", "(?=x)", "(?<name>x)", "\\1", "[z-a]", "a{3,2}",
    "a{1001}", "((((a{100}){100}){100}){100})", "\\q", "(?i",
  ])
  func rejectsInvalidPatterns(_ pattern: String) {
    #expect(throws: RegularExpression.Problem.self) { try RegularExpression(pattern) }
  }

  /// Patterns that make backtracking engines explode: a step count would be the proof, so the
  /// texts are long enough that anything but linear time could not end.
  @Test(arguments: ["(a+)+$", "(a|aa)+$", "(a*)*b", "(.*)*x"])
  func neverExplodes(_ pattern: String) throws {
    let text = String(repeating: "a", count: 500) + "!"
    expectEqual(try RegularExpression(pattern).matches(text), false)
  }

  /// Foundation's engine agrees on random patterns of the common syntax.
  @Test func agreesWithAnotherEngine() throws {
    var random = SplitMix64(seed: 7)
    let atoms = ["a", "b", "[ab]", "[^a]", ".", "(a|b)", "(?:ab)", "\\d", "\\w"]
    let quantifiers = ["", "", "*", "+", "?", "{1,2}"]
    for _ in 0..<500 {
      let pattern = (0..<Int.random(in: 1...4, using: &random)).map { _ in
        (atoms.randomElement(using: &random) ?? "")
          + (quantifiers.randomElement(using: &random) ?? "")
      }.joined()
      let text = String((0..<6).map { _ in "ab1 ".randomElement(using: &random) ?? "a" })
      let oracle = try NSRegularExpression(pattern: pattern)
      let range = NSRange(text.startIndex..., in: text)
      let expected = oracle.firstMatch(in: text, range: range) != nil
      expectEqual(try RegularExpression(pattern).matches(text), expected, "\(pattern) on \(text)")
    }
  }

  /// A pattern with a word boundary is matched thread by thread, any other with states that are kept. An
  /// alternative that matches everywhere changes the way, not the result.
  @Test func keptStatesMatchAsThreadsDo() throws {
    var random = SplitMix64(seed: 7)
    let parts = ["a", "b", ".", "[ab]", "[^a]", "a*", "(a|b)+", "b?", "^", "$", "(ab)*", "A"]
    let letters = Array("abcA\n")
    var matches = 0
    for _ in 0..<3_000 {
      let pattern = (0..<Int.random(in: 1...5, using: &random)).map { _ in
        parts.randomElement(using: &random) ?? ""
      }.joined()
      guard let kept = try? RegularExpression(pattern),
        let threads = try? RegularExpression("(?:\\b|)(?:\(pattern))")
      else { continue }
      for _ in 0..<8 {
        let text = String(
          (0..<Int.random(in: 0...7, using: &random)).map { _ in
            letters.randomElement(using: &random) ?? "a"
          })
        #expect(kept.matches(text) == threads.matches(text), "\(pattern) on \(text)")
        if kept.matches(text) { matches += 1 }
      }
    }
    #expect((5_000..<20_000).contains(matches), "\(matches)")
  }
}
