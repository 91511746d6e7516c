import Evaluation
import JSON
import Language

/// The highlighting of a text as the protocol encodes it: five numbers for each token, places
/// relative to the token before.
enum SemanticTokens {
  /// The styles that are sent, with the name of each in the protocol.
  static let types: [(style: Highlighting.Style, name: String)] = [
    (.keyword, "keyword"), (.stage, "method"), (.function, "function"), (.field, "property"),
    (.variable, "variable"), (.string, "string"), (.number, "number"), (.comment, "comment"),
    (.operator, "operator"),
  ]

  static func all(of document: Document) -> JSON {
    let text = document.text
    let runs = Highlighting(text.bytes, vocabulary: .standard).runs
    var before = DocumentText.Position(line: 0, character: 0)
    var data: [JSON] = []
    for run in runs {
      guard let type = types.firstIndex(where: { $0.style == run.style }) else { continue }
      for (start, length) in pieces(of: run.range, in: text) {
        let isSameLine = start.line == before.line
        let distance = isSameLine ? start.character - before.character : start.character
        data += [start.line - before.line, distance, length, type, 0].map(JSON.int)
        before = start
      }
    }
    return .members(["data": .array(data)])
  }

  /// Returns the parts of a run on each line.
  private static func pieces(
    of range: Range<Int>, in text: DocumentText
  ) -> [(start: DocumentText.Position, length: Int)] {
    let lines = text.position(of: range.lowerBound).line...text.position(of: range.upperBound).line
    return lines.compactMap { line in
      let part = text.content(ofLine: line).clamped(to: range)
      guard !part.isEmpty else { return nil }
      let start = text.position(of: part.lowerBound)
      return (start, text.position(of: part.upperBound).character - start.character)
    }
  }
}
