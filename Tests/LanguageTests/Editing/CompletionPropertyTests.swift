import Evaluation
import Foundation
import Language
import TestSupport
import Testing
import Text

@Suite struct CompletionPropertyTests {
  private static let valid = bytes(
    GrammarExampleTests.valid + Golden.files(in: "scripts/maintenance", ending: ".conn"))
  private static let examples = valid + bytes(GrammarExampleTests.invalid)

  private static func bytes(_ files: [URL]) -> [[UInt8]] {
    files.compactMap { try? Data(contentsOf: $0) }.map { Array($0) }
  }

  private static let fixture = CompletionFixture()

  @Test func completesEveryPrefixOfEveryExample() {
    var offered = 0
    for bytes in Self.examples where bytes.count < 1_000 {
      for cursor in 0...bytes.count {
        offered += Self.fixture.complete(bytes, at: cursor).candidates.count
      }
    }
    #expect(offered > 10_000)
  }

  @Test func survivesAnyBytesAndAnyCursor() {
    var random = SplitMix64(seed: 7)
    let pieces =
      [
        "list", " | ", "where ", "name", " == ", "\"", "'", "f\"", "{", "}", "[", "(", ")", "$",
        "\n", "#", "\\",
        "@", "0", "if ", "for x in ", "def a(", "é", "\u{FEFF}", "not ", "tags has ", ".", ",",
        "let a = ", "between ",
      ].map { Array($0.utf8) } + [[0xFF], [0], [0xE2, 0x80], [0xC3]]
    for _ in 0..<3_000 {
      let count = Int.random(in: 0..<14, using: &random)
      let bytes = (0..<count).flatMap { _ in pieces.randomElement(using: &random) ?? [] }
      let cursor = Int.random(in: -2...(bytes.count + 2), using: &random)
      let completion = Self.fixture.complete(bytes, at: cursor)
      #expect(completion.replaced.lowerBound >= 0 && completion.replaced.upperBound <= bytes.count)
      #expect(Set(completion.candidates.map(\.text)).count == completion.candidates.count)
    }
  }

  @Test func survivesDeepNesting() {
    for opening in ["(", "[", "{a: ", "f\"{", "not ", "-", "if true {"] {
      let text = "print " + String(repeating: opening, count: 5_000)
      _ = Self.fixture.complete(Array(text.utf8), at: text.utf8.count)
    }
  }

  /// At every cursor behind a blank, what is offered brings no error of its own, except that a write
  /// needs a narrower list.
  @Test(arguments: valid.indices)
  func offersNothingThatIsAnError(_ example: Int) {
    let bytes = Self.valid[example]
    for cursor in bytes.indices where bytes[cursor] == UInt8(ascii: " ") {
      let before = Array(bytes[...cursor])
      let completion = Self.fixture.complete(before, at: before.count)
      guard !completion.candidates.isEmpty else { continue }
      let known = Set(Self.errors(before, upTo: before.count))
      // `replace` needs a file name, without which it is taken for a field.
      for candidate in completion.candidates where candidate.text != "replace" {
        let found = Self.errors(before + Array(candidate.text.utf8), upTo: before.count)
        let new = found.filter { !known.contains($0) }
        #expect(new == [], "\(String(decoding: before, as: UTF8.self))‸\(candidate.text)")
      }
    }
  }

  /// The errors before a place, and those of names there; what an unfinished text leaves open is none.
  private static func errors(_ bytes: [UInt8], upTo end: Int) -> [String] {
    fixture.diagnostics(bytes).filter { diagnostic in
      diagnostic.isError && !["C0050", "C0051", "C0060", "C0301"].contains(diagnostic.code)
        && (diagnostic.span.end < end || diagnostic.code.hasPrefix("C01"))
    }.map { "\($0.code) \($0.span.start)" }
  }

  @Test func offersTheStagesOfTheTable() {
    // Rows of connections have no number to draw: `chart` comes behind a group.
    let (rows, groups) = (
      Self.stages("list all | ‸"), Self.stages("list all | group by application | ‸")
    )
    let drawn = StageDefinition.table.filter { $0.name != "chart" }
    let ordered = drawn.filter { $0.effect == .read } + drawn.filter { $0.effect > .read }
    #expect(rows == ordered.map(\.name))
    #expect(groups.contains("chart"))
  }

  private static func stages(_ line: String) -> [String] {
    fixture.complete(line).candidates.map(\.text)
  }

  @Test func offersTheFieldsOfTheTable() {
    let offered = Self.fixture.complete("list where ‸").candidates.filter { $0.kind == .field }
    #expect(offered.map(\.text) == Field.readable.map(\.name) + Field.readable.compactMap(\.alias))
  }
}
