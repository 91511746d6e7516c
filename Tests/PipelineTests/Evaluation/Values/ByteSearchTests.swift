import Testing
import Text

@testable import Evaluation

@Suite struct ByteSearchTests {
  private static func text(_ count: Int, _ random: inout SplitMix64) -> String {
    String((0..<count).map { _ in "ab".randomElement(using: &random) ?? "a" })
  }

  /// Texts of two letters hold many partial matches.
  @Test func findsWhatAComparisonAtEveryPlaceFinds() {
    var random = SplitMix64(seed: 20)
    for _ in 0..<5_000 {
      let text = Self.text(Int.random(in: 0...20, using: &random), &random)
      let part = Self.text(Int.random(in: 1...4, using: &random), &random)
      let bytes = Array(text.utf8)
      var (expected, start, offset) = ([Range<Int>](), 0, 0)
      while offset + part.utf8.count <= bytes.count {
        if bytes[offset...].starts(with: part.utf8) {
          expected.append(start..<offset)
          offset += part.utf8.count
          start = offset
        } else {
          offset += 1
        }
      }
      #expect(text.ranges(between: part) == expected + [start..<bytes.count], "\(text) \(part)")
      #expect(text.hasBytes(of: part) == !expected.isEmpty, "\(text) \(part)")
      let replaced = text.replacingBytes(part, with: "xyz")
      #expect(replaced.utf8.count == text.size(replacing: part, with: "xyz"))
    }
  }

  /// Trying the pattern anew at each place would take 10¹¹ steps.
  @Test func continuesALongPartialMatch() {
    let text = String(repeating: "a", count: 1_000_000)
    let part = String(repeating: "a", count: 100_000) + "b"
    #expect(!text.hasBytes(of: part))
    #expect((text + part).hasBytes(of: part))
    #expect(text.hasBytes(of: ""))
  }
}
