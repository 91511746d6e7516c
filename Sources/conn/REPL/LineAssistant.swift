import Language

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
}

/// What stands before the cursor.
struct PromptText: Sendable {
  /// Pieces, each with its parameters of SGR; empty ones are plain.
  let pieces: [(text: String, parameters: String)]

  init(_ text: String) { pieces = [(text, "")] }

  init(_ pieces: [(text: String, parameters: String)]) { self.pieces = pieces }

  var width: Int { pieces.reduce(0) { $0 + $1.text.displayWidth } }

  /// As readline takes it: what has no width stands between marks of its own.
  var marked: String {
    pieces.map { piece in
      piece.parameters.isEmpty
        ? piece.text : "\u{1}\u{1B}[\(piece.parameters)m\u{2}\(piece.text)\u{1}\u{1B}[0m\u{2}"
    }.joined()
  }
}
