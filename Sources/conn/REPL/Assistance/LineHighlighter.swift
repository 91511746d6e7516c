import Evaluation
import Language
import LineEditing

/// Colours the line being typed.
enum LineHighlighter {
  /// The SGR parameters (ECMA-48, 8.3.117) of each style. Only those of the 16 colours are used
  /// that are readable on dark and on light backgrounds; weight and underline do the rest.
  static let palette: [Highlighting.Style: String] = [
    .keyword: "1", .stage: "1;35", .function: "35", .variable: "36", .string: "32",
    .number: "36", .comment: "2", .error: "4;31",
  ]

  /// The SGR parameters of the bracket at the cursor and of its partner.
  static let pairCode = "1;7"

  /// Returns the coloured ranges of `line`, in order, as offsets in its UTF-8. `before` holds the
  /// earlier lines of the statement, each with its newline.
  static func ranges(
    of line: String, behind before: String = "", cursor: Int, errors: [Range<Int>] = []
  ) -> [PaintedRange] {
    let offset = before.utf8.count
    let highlighting = Highlighting(
      Array((before + line).utf8), vocabulary: .standard,
      errors: errors.map { $0.shifted(by: offset) })
    let pair = highlighting.pair(at: offset + cursor)
    let offsets = [pair?.open, pair?.close].compactMap { $0 }
    return highlighting.runs.flatMap { $0.painted(offsets) }.compactMap { painted in
      let range = painted.range.shifted(by: -offset).clamped(to: 0..<line.utf8.count)
      return range.isEmpty ? nil : PaintedRange(range: range, parameters: painted.parameters)
    }
  }
}

extension Highlighting.Run {
  /// The coloured parts of the run, with the brackets of a pair apart.
  fileprivate func painted(_ pair: [Int]) -> [PaintedRange] {
    var parts: [PaintedRange] = []
    var start = range.lowerBound
    let code = LineHighlighter.palette[style]
    func add(_ range: Range<Int>, _ code: String?) {
      if let code, !range.isEmpty { parts.append(PaintedRange(range: range, parameters: code)) }
    }
    for offset in pair where range.contains(offset) {
      add(start..<offset, code)
      add(offset..<(offset + 1), LineHighlighter.pairCode)
      start = offset + 1
    }
    add(start..<range.upperBound, code)
    return parts
  }
}
