import Testing
import Text

@Suite struct DurationTextTests {
  @Test(arguments: [
    (0, "about a second"), (38.2, "about 38 s"), (300, "about 5 min"), (5_400, "about 1.5 h"),
    (1e5, "about 27.8 h"), (1e6, "about 12 days"), (31_535_000, "about 365 days"),
    (1e9, "more than a year"), (1e300, "more than a year"), (.infinity, "more than a year"),
  ])
  func describesDurations(_ seconds: Double, _ expected: String) {
    #expect(DurationText.text(seconds) == expected)
  }
}
