import TestSupport
import Testing

/// What tests show of texts that are not as expected.
@Suite struct TextDifferenceTests {
  private func difference(_ old: String, _ new: String) -> String {
    TextDifference(from: old, to: new).text
  }

  private static let numbers = (1...20).map { "\($0)\n" }

  @Test func isEmptyForEqualTexts() {
    #expect(difference("a\nb\n", "a\nb\n") == "")
    #expect(difference("", "") == "")
  }

  @Test func showsThreeLinesOfContext() {
    let old = Self.numbers.joined()
    #expect(
      difference(old, old.replacing("10\n", with: "ten\n")) == """
        @@ line 7, now 7 @@
         7
         8
         9
        -10
        +ten
         11
         12
         13
        """)
  }

  @Test func separatesDistantChanges() {
    let new = ["0\n"] + Self.numbers.dropLast()
    #expect(
      difference(Self.numbers.joined(), new.joined()) == """
        @@ line 1, now 1 @@
        +0
         1
         2
         3
        @@ line 17, now 18 @@
         17
         18
         19
        -20
        """)
  }

  @Test func showsInvisibleCharacters() {
    #expect(difference("a\n", "a") == "@@ line 1, now 1 @@\n-a\n+a␄")
    #expect(difference("a\n", "a \n") == "@@ line 1, now 1 @@\n-a\n+a␠")
    #expect(difference("a\r\n", "\u{1B}[0m\n") == "@@ line 1, now 1 @@\n-a\\r\n+\\u{1B}[0m")
    #expect(difference("", "\n") == "@@ line 1, now 1 @@\n+")
  }

  @Test func failingTestShowsTheDifferingLines() {
    withKnownIssue {
      expectText("a\nc\n", "a\nb\n")
    } matching: { issue in
      issue.comments.map(\.rawValue)
        == ["the text is not as expected\n@@ line 1, now 1 @@\n a\n-b\n+c"]
    }
  }

  @Test func failingTestShowsBothValues() {
    withKnownIssue {
      expectEqual(1 + 1, 3, "the sum")
    } matching: { issue in
      let text = "\(issue)"
      return text.contains("2") && text.contains("3") && text.contains("the sum")
    }
  }
}
