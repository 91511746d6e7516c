import Evaluation
import Foundation
import Language
import TestSupport
import Testing
import Text

@Suite struct HighlightingTests {
  private func highlight(_ bytes: [UInt8], errors: [Range<Int>] = []) -> Highlighting {
    Highlighting(bytes, vocabulary: .standard, errors: errors)
  }

  /// The words with their styles; what is plain is left out.
  private func styled(_ text: String, errors: [Range<Int>] = []) -> String {
    let bytes = Array(text.utf8)
    return highlight(bytes, errors: errors).runs.filter { $0.style != .plain }.map { run in
      "\(run.style.rawValue)‹\(String(decoding: bytes[run.range], as: UTF8.self))›"
    }.joined(separator: " ")
  }

  @Test(arguments: [
    ("list all | count", "keyword‹list› keyword‹all› operator‹|› stage‹count›"),
    (
      "list where name == \"a\" and not connected # x",
      "keyword‹list› stage‹where› field‹name› operator‹==› string‹\"a\"› operator‹and› operator‹not› field‹connected› comment‹# x›"
    ),
    (
      "let n = count([1, 90d])",
      "keyword‹let› variable‹n› operator‹=› function‹count› number‹1› number‹90d›"
    ),
    (
      "list | select count = count(tags)",
      "keyword‹list› operator‹|› stage‹select› operator‹=› function‹count› field‹tags›"
    ),
    (
      "list | sort by all desc",
      "keyword‹list› operator‹|› stage‹sort› keyword‹by› field‹all› keyword‹desc›"
    ),
    (
      "list where tags has any [$a]",
      "keyword‹list› stage‹where› field‹tags› operator‹has› operator‹any› variable‹$a›"
    ),
    (
      "get 36 | disconnect force",
      "keyword‹get› number‹36› operator‹|› stage‹disconnect› keyword‹force›"
    ),
    (
      "print f\"a {lower(name)} b\"",
      "keyword‹print› string‹f\"a {› function‹lower› field‹name› string‹} b\"›"
    ),
    (
      "def f(x: list<string>) = where name in $x",
      "keyword‹def› function‹f› variable‹x› keyword‹list› operator‹<› keyword‹string› operator‹>› operator‹=› stage‹where› field‹name› operator‹in› variable‹$x›"
    ),
    (
      "for c in list { print $c.name }",
      "keyword‹for› variable‹c› keyword‹in› keyword‹list› keyword‹print› variable‹$c› field‹name›"
    ),
    (
      "if true {} else if false {}",
      "keyword‹if› keyword‹true› keyword‹else› keyword‹if› keyword‹false›"
    ),
    ("#!/usr/bin/env conn\nlist", "comment‹#!/usr/bin/env conn› keyword‹list›"),
    ("list where a == \"op", "keyword‹list› stage‹where› field‹a› operator‹==› string‹\"op›"),
    ("print f\"a {na", "keyword‹print› string‹f\"a {na›"),
    ("list ~ x", "keyword‹list› operator‹~›"),
    ("print \"a\\qb\"", "keyword‹print› string‹\"a› error‹\\q› string‹b\"›"),
    ("list\u{200B}", "keyword‹list› error‹\u{200B}›"), ("", ""), ("   ", ""),
    ("print 99999999999999999999", "keyword‹print› error‹99999999999999999999›"),
    ("print @2026-01-31", "keyword‹print› number‹@2026-01-31›"),
  ])
  func stylesTokens(_ text: String, _ expected: String) {
    #expect(styled(text) == expected)
  }

  @Test func highlightsErrors() {
    #expect(styled("list | whre x", errors: [7..<11]) == "keyword‹list› operator‹|› error‹whre›")
    #expect(styled("list", errors: [2..<99, 50..<60]) == "keyword‹li› error‹st›")
    #expect(styled("\"é\"", errors: [2..<3]) == "string‹\"é\"›")
  }

  @Test(arguments: [
    ("print (a[0])", 6, [6, 11]), ("print (a[0])", 12, [6, 11]), ("print (a[0])", 8, [8, 10]),
    ("print (a[0])", 7, [6, 11]), ("print (a]", 6, []), ("print (a]", 9, []),
    ("print \"(\" )", 8, []),
    ("if true { list }", 8, [8, 15]), ("print f\"{(1)}\"", 9, [9, 11]), ("(", 0, []), (")", 0, []),
    ("", 0, []),
    ("print (", 40, []), ("# ()", 3, []), ("()()", 2, [2, 3]),
  ])
  func findsMatchingBrackets(_ text: String, _ cursor: Int, _ expected: [Int]) {
    let pair = highlight(Array(text.utf8)).pair(at: cursor)
    #expect((pair.map { [$0.open, $0.close] } ?? []) == expected)
  }

  private func coversAll(_ bytes: [UInt8]) -> Bool {
    var offset = 0
    for run in highlight(bytes).runs {
      guard run.range.lowerBound == offset, !run.range.isEmpty else { return false }
      offset = run.range.upperBound
    }
    return offset == bytes.count
  }

  @Test func coversEveryByteOnce() throws {
    var random = SplitMix64(seed: 11)
    for url in GrammarExampleTests.valid + GrammarExampleTests.invalid {
      let bytes = Array(try Data(contentsOf: url))
      #expect(coversAll(bytes))
      for _ in 0..<20 {
        var broken = bytes
        for _ in 0..<3 {
          guard let offset = broken.indices.randomElement(using: &random) else { continue }
          broken[offset] = UInt8.random(in: 0...255, using: &random)
        }
        #expect(coversAll(broken))
      }
    }
  }

  /// Every stage of the table is shown as one, in the example of its own.
  @Test(arguments: StageDefinition.table)
  func highlightsEveryStageOfTheTable(_ stage: StageDefinition) {
    #expect(styled(stage.example).contains("stage‹\(stage.name)›"))
  }

  /// What the lexer finds no fault with holds no error.
  @Test(arguments: GrammarExampleTests.valid)
  func highlightsNoErrorsInValidScripts(_ url: URL) throws {
    let runs = highlight(Array(try Data(contentsOf: url))).runs
    #expect(!runs.contains { $0.style == .error })
    #expect(Set(runs.map(\.style)).count > 4)
  }
}
