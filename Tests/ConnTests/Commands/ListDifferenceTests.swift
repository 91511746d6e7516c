import TestSupport
import Testing
import Text

@testable import conn

@Suite struct ListDifferenceTests {
  @Test func equalListsHaveNoDifference() {
    #expect(ListDifference("x", [], []).lines == [])
    #expect(ListDifference("x", ["a", "b"], ["a", "b"]).lines == [])
  }

  @Test(arguments: [
    ("", "a", "+a"), ("a", "", "-a"), ("a b", "b a", "-a| b|+a"), ("a", "b", "-a|+b"),
    ("1 2 3 4 5 6 7", "1 2 3 x 5 6 7", " 2| 3|-4|+x| 5| 6"), ("1 2 3", "1 2 3 3", " 2| 3|+3"),
  ])
  func changesAreShownWithTheirNeighbours(_ expected: String, _ actual: String, _ shown: String) {
    let words: (String) -> [String] = { $0.split(separator: " ").map(String.init) }
    let lines = ListDifference("ids", words(expected), words(actual)).lines
    #expect(lines.first == "ids: - expected, + actual")
    let marked = lines.dropFirst().map { line in
      "\(line.dropFirst(2).prefix(1))\(line.dropFirst(4))"
    }
    #expect(marked.joined(separator: "|") == shown)
  }

  /// Short lists are shown whole: without the marks, each list is there in its order.
  @Test func bothListsCanBeReadFromTheLines() {
    var random = SplitMix64(seed: 20_261_130)
    for _ in 0..<2_000 {
      let lists = (0..<2).map { _ in
        (0..<Int.random(in: 0...5, using: &random)).map { _ in
          String(Int.random(in: 0...3, using: &random))
        }
      }
      let lines = ListDifference("x", ["0"] + lists[0], ["1"] + lists[1]).lines.dropFirst()
      let changes = lines.filter { !$0.hasPrefix("    ") }
      #expect(changes.count >= abs(lists[0].count - lists[1].count))
      let kept = lines.count - changes.count
      let removed = lines.count { $0.hasPrefix("  - ") }
      let added = lines.count { $0.hasPrefix("  + ") }
      #expect(removed + kept <= lists[0].count + 1 && added + kept <= lists[1].count + 1)
      #expect(removed - added == lists[0].count - lists[1].count)
    }
  }

  @Test func longListsAreCutShort() {
    let lists = ["a", "b"].map { letter in (0..<50_000).map { "\(letter)\($0)" } }
    let lines = ListDifference("x", lists[0], lists[1]).lines
    #expect(lines.count == 42)
    #expect(lines.last == "  … 99960 more lines")
  }

  @Test func longElementsTakeSeveralLines() {
    let lines = ListDifference("x", [String(repeating: "a", count: 100)], []).lines
    #expect(lines.map(\.count) == [23, 76, 32])
    #expect(lines.allSatisfy { $0.displayWidth <= 76 })
  }
}
