/// What stands before the line. Readline is given its text alone: it loses its place on rows that
/// hold what has no width.
package struct PromptText: Sendable {
  /// Pieces, each with its parameters of SGR; empty ones are plain.
  let pieces: [(text: String, parameters: String)]

  package init(_ text: String) { pieces = [(text, "")] }

  package init(_ pieces: [(text: String, parameters: String)]) { self.pieces = pieces }

  package var text: String { pieces.map(\.text).joined() }

  /// Its colours, as those of a line.
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
