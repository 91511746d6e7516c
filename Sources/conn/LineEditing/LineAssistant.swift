/// What a line editor is told of the text that it edits. Places are offsets in UTF-8.
@MainActor protocol LineAssistant: AnyObject {
  /// Returns the parts of the text that are not shown plainly, in their order.
  func styles(of text: String, cursor: Int) -> [PaintedRange]
  /// Returns what could stand at the cursor.
  func completion(of text: String, cursor: Int) -> LineCompletion?
  /// Has it shown what the text would do.
  func preview(_ text: String)
}

/// What could stand at the cursor.
struct LineCompletion: Sendable {
  /// Where it begins to replace the text.
  let start: Int
  /// What all candidates have in common, to be put in their place.
  let common: String
  let candidates: [String]
  /// What a person is shown where there are several; whole lines.
  let listing: String
}

/// A stretch of the line in a colour.
struct PaintedRange: Equatable, Sendable {
  let range: Range<Int>
  /// The parameters of SGR, such as `1;34`. Source: ECMA-48, 8.3.117.
  let parameters: String

  func shifted(by distance: Int) -> PaintedRange {
    PaintedRange(range: range.shifted(by: distance), parameters: parameters)
  }
}

extension String {
  /// The text with its colours; the ranges are in their order and apart.
  func painted(_ ranges: [PaintedRange]) -> String {
    let bytes = Array(utf8)
    var (painted, start) = ("", 0)
    for part in ranges {
      painted += String(decoding: bytes[start..<part.range.lowerBound], as: UTF8.self)
      painted += "\u{1B}[\(part.parameters)m"
      painted += String(decoding: bytes[part.range], as: UTF8.self) + "\u{1B}[0m"
      start = part.range.upperBound
    }
    return painted + String(decoding: bytes[start...], as: UTF8.self)
  }
}

extension Range<Int> {
  func shifted(by distance: Int) -> Range {
    (lowerBound + distance)..<(upperBound + distance)
  }
}

/// What stands before the line. Readline is given its text alone: it loses its place on rows that
/// hold what has no width.
struct PromptText: Sendable {
  /// Pieces, each with its parameters of SGR; empty ones are plain.
  let pieces: [(text: String, parameters: String)]

  init(_ text: String) { pieces = [(text, "")] }

  init(_ pieces: [(text: String, parameters: String)]) { self.pieces = pieces }

  var text: String { pieces.map(\.text).joined() }

  /// Its colours, as those of a line.
  var ranges: [PaintedRange] {
    var start = 0
    return pieces.compactMap { piece in
      defer { start += piece.text.utf8.count }
      guard !piece.parameters.isEmpty else { return nil }
      return PaintedRange(
        range: start..<(start + piece.text.utf8.count), parameters: piece.parameters)
    }
  }
}
