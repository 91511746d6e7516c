import Evaluation
import Language
import LineEditing

/// The colours of a line that is being typed.
enum LineHighlighter {
  /// The codes of Select Graphic Rendition (ECMA-48) for each style. Of the 16 colours only those
  /// that can be read on a dark ground and on a light one; weight and underline say the rest.
  static let palette: [Highlighting.Style: String] = [
    .keyword: "1", .stage: "1;35", .function: "35", .variable: "36", .string: "32",
    .number: "36", .comment: "2", .error: "4;31",
  ]

  /// The code of a bracket at the cursor and of its partner.
  static let pairCode = "1;7"

  /// Returns the stretches of `line` that are not plain, in their order. `before` are the lines of the
  /// statement before it, with their ends; places are offsets in the UTF-8 of `line`.
  static func ranges(
    of line: String, behind before: String = "", cursor: Int, errors: [Range<Int>] = []
  ) -> [PaintedRange] {
    let offset = before.utf8.count
    let highlighting = Highlighting(
      Array((before + line).utf8), vocabulary: .standard,
      errors: errors.map { $0.shifted(by: offset) })
    let pair = highlighting.pair(at: offset + cursor)
    let places = [pair?.open, pair?.close].compactMap { $0 }
    return highlighting.runs.flatMap { $0.painted(places) }.compactMap { painted in
      let range = painted.range.shifted(by: -offset).clamped(to: 0..<line.utf8.count)
      return range.isEmpty ? nil : PaintedRange(range: range, parameters: painted.parameters)
    }
  }
}

extension Highlighting.Run {
  /// The run around the brackets of a pair, and these.
  fileprivate func painted(_ pair: [Int]) -> [PaintedRange] {
    var parts: [PaintedRange] = []
    var start = range.lowerBound
    let code = LineHighlighter.palette[style]
    func add(_ range: Range<Int>, _ code: String?) {
      if let code, !range.isEmpty { parts.append(PaintedRange(range: range, parameters: code)) }
    }
    for place in pair where range.contains(place) {
      add(start..<place, code)
      add(place..<(place + 1), LineHighlighter.pairCode)
      start = place + 1
    }
    add(start..<range.upperBound, code)
    return parts
  }
}
