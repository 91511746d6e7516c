/// Supplies a line editor with colours, completion and previews. Positions are UTF-8 offsets.
@MainActor package protocol LineAssistant: AnyObject {
  /// Returns the coloured parts of the text, in order.
  func styles(of text: String, cursor: Int) -> [PaintedRange]
  /// Returns the candidates at the cursor; `nil` if there are none.
  func completion(of text: String, cursor: Int) -> LineCompletion?
  /// Returns the rest of an earlier text that begins with this one, to be shown after it; empty if
  /// there is none, or if the terminal can't show it apart.
  func suggestion(for text: String) -> String
  /// Shows what the text would do.
  func preview(_ text: String)
}

extension String {
  /// Returns the text with colours. The ranges must be in order and must not overlap.
  package func painted(_ ranges: [PaintedRange]) -> String {
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
  package func shifted(by distance: Int) -> Range {
    (lowerBound + distance)..<(upperBound + distance)
  }
}
