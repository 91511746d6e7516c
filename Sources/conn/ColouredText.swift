import Language

/// A text in the colours of its words, for a terminal.
enum ColouredText {
  /// The codes of Select Graphic Rendition (ECMA-48) for each style. Of the 16 colours only those
  /// that can be read on a dark ground and on a light one; weight and underline say the rest.
  static let palette: [Highlighting.Style: String] = [
    .keyword: "1", .stage: "1;35", .function: "35", .variable: "36", .string: "32",
    .number: "36", .comment: "2", .error: "4;31",
  ]

  /// The code of a bracket at the cursor and of its partner.
  static let pairCode = "1;7"

  /// Returns the text with the codes of its styles, and those of a pair of brackets.
  static func rendered(
    _ text: String, _ highlighting: Highlighting, pair: (open: Int, close: Int)? = nil
  ) -> String {
    let bytes = Array(text.utf8)
    var output = ""
    for run in highlighting.runs {
      for part in parts(of: run, pair) {
        let words = String(decoding: bytes[part.range.clamped(to: 0..<bytes.count)], as: UTF8.self)
        output += part.code.map { "\u{1B}[\($0)m\(words)\u{1B}[0m" } ?? words
      }
    }
    return output
  }

  private static func parts(of run: Highlighting.Run, _ pair: (open: Int, close: Int)?) -> [(
    range: Range<Int>, code: String?
  )] {
    let code = palette[run.style]
    var parts: [(range: Range<Int>, code: String?)] = []
    var start = run.range.lowerBound
    for place in [pair?.open, pair?.close].compactMap({ $0 }) where run.range.contains(place) {
      if start < place { parts.append((start..<place, code)) }
      parts.append((place..<(place + 1), pairCode))
      start = place + 1
    }
    if start < run.range.upperBound { parts.append((start..<run.range.upperBound, code)) }
    return parts
  }
}
