/// What a line editor is told of the text that it edits. Places are offsets in UTF-8.
@MainActor package protocol LineAssistant: AnyObject {
  /// Returns the parts of the text that are not shown plainly, in their order.
  func styles(of text: String, cursor: Int) -> [PaintedRange]
  /// Returns what could stand at the cursor.
  func completion(of text: String, cursor: Int) -> LineCompletion?
  /// Has it shown what the text would do.
  func preview(_ text: String)
}

extension String {
  /// The text with its colours; the ranges are in their order and apart.
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
