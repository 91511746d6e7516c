/// The prompt in front of the line. Readline gets its plain text only: it loses track of the cursor
/// if a row contains escape codes, which have no width.
package struct PromptText: Sendable {
  /// The pieces with their SGR parameters; empty parameters mean plain text.
  let pieces: [(text: String, parameters: String)]

  package init(_ text: String) { pieces = [(text, "")] }

  package init(_ pieces: [(text: String, parameters: String)]) { self.pieces = pieces }

  package var text: String { pieces.map(\.text).joined() }

  /// The colours of the pieces, as ranges of the text.
  package var ranges: [PaintedRange] {
    var start = 0
    return pieces.compactMap { piece in
      defer { start += piece.text.utf8.count }
      guard !piece.parameters.isEmpty else { return nil }
      return PaintedRange(
        range: start..<(start + piece.text.utf8.count), parameters: piece.parameters)
    }
  }
}
