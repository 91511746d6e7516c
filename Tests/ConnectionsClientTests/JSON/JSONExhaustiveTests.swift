import Foundation
import JSON
import Testing

/// All short texts over a few tokens, read by the parser and by an independent judge.
@Suite struct JSONExhaustiveTests {
  /// Returns all sequences of up to `length` tokens, as texts.
  private static func texts(_ tokens: [String], upTo length: Int) -> [String] {
    var (all, last) = ([""], [""])
    for _ in 0..<length {
      last = last.flatMap { text in tokens.map { text + $0 } }
      all += last
    }
    return all
  }

  private static func isRead(_ text: String) -> Bool {
    (try? JSONParser.parse(Array(text.utf8))) != nil
  }

  @Test func structuresAreThoseOfFoundation() {
    let texts = Self.texts(["{", "}", "[", "]", ",", ":", "1", #""a""#], upTo: 5)
    for text in texts {
      let other = try? JSONSerialization.jsonObject(
        with: Data(text.utf8), options: .fragmentsAllowed)
      // Foundation reads a comma at the end of an array, which the RFC doesn't allow.
      #expect(Self.isRead(text) == (other != nil && !text.contains(",]")), "\(text)")
    }
    print("JSON structures: \(texts.count), read or refused as by Foundation")
    #expect(texts.count == 37_449)
  }

  /// The pattern is the grammar of RFC 8259, section 6.
  @Test func numbersAreThoseOfTheRFC() {
    let pattern = /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+\-]?[0-9]+)?/
    let texts = Self.texts(["0", "1", "-", "+", ".", "e"], upTo: 5)
    for text in texts {
      #expect(Self.isRead(text) == (text.wholeMatch(of: pattern) != nil), "\(text)")
    }
    print("JSON numbers: \(texts.count), read or refused as by the RFC's grammar")
    #expect(texts.count == 9_331)
  }
}
