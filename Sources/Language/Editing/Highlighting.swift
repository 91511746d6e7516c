/// The highlighting of a text: a style for each byte.
package struct Highlighting: Sendable {
  /// Adjacent runs that cover the whole text; none for an empty text. A run never splits a
  /// character.
  package let runs: [Run]
  private let brackets: [Bracket]

  package struct Run: Hashable, Sendable {
    package let range: Range<Int>
    package let style: Style
  }

  package enum Style: String, CaseIterable, Sendable {
    case plain, keyword, stage, function, field, variable, string, number, comment
    case `operator`, error
  }

  private struct Bracket {
    let offset: Int
    let symbol: Symbol
  }

  /// Highlights any bytes, even if the language rejects them.
  ///
  /// - Parameter errors: byte ranges marked by diagnostics; unreadable text is marked in addition.
  package init(_ bytes: [UInt8], vocabulary: Vocabulary, errors: [Range<Int>] = []) {
    let file = SourceFile(name: "", bytes: bytes)
    let lexed = Lexer.cut(file)
    let painted = Parser.painting(file, lexed, vocabulary: vocabulary)
    let pieces = lexed.tokens.flatMap { $0.pieces(painted, lexed.openStrings) }
    var styles = [Style](repeating: .plain, count: bytes.count)
    styles.fill(lexed.shebang, .comment)
    lexed.comments.forEach { styles.fill($0.span, .comment) }
    pieces.forEach { styles.fill($0.span, $0.style) }
    lexed.blamed(in: file).forEach { styles.fill($0, .error) }
    errors.forEach { styles.fill(SourceSpan($0.lowerBound, $0.upperBound), .error) }
    runs = styles.runs(of: bytes)
    brackets = pieces.compactMap { piece in
      piece.bracket.map { Bracket(offset: piece.span.start, symbol: $0) }
    }
  }

  /// Returns the offsets of the bracket at `cursor`, or else right before it, and of its partner;
  /// `nil` if there is none or the brackets don't match.
  package func pair(at cursor: Int) -> (open: Int, close: Int)? {
    for offset in [cursor, cursor - 1] where brackets.contains(where: { $0.offset == offset }) {
      return pair(of: offset)
    }
    return nil
  }

  private func pair(of offset: Int) -> (open: Int, close: Int)? {
    var open: [Bracket] = []
    for bracket in brackets {
      guard let opening = bracket.symbol.opening else {
        open.append(bracket)
        continue
      }
      guard let last = open.popLast() else {
        if bracket.offset == offset { return nil }
        continue
      }
      guard last.offset == offset || bracket.offset == offset else { continue }
      return last.symbol == opening ? (last.offset, bracket.offset) : nil
    }
    return nil
  }
}

/// A part of a token with one style.
private struct Piece {
  let span: SourceSpan
  let style: Highlighting.Style
  var bracket: Symbol?
}

extension Token {
  /// Returns the parts of the token; an interpolated string includes those of its expressions.
  fileprivate func pieces(_ painted: [Int: Highlighting.Style], _ open: [OpenString]) -> [Piece] {
    switch kind {
    case .newline, .end: []
    case .name, .variable: [Piece(span: span, style: painted[span.start] ?? kind.style)]
    case .interpolation(let segments): pieces(of: segments, painted, open)
    case .invalid where open.contains { $0.start == span.start }:
      [Piece(span: span, style: .string)]
    case .symbol(let symbol):
      [Piece(span: span, style: kind.style, bracket: symbol.isBracket ? symbol : nil)]
    case .literal, .invalid: [Piece(span: span, style: kind.style)]
    }
  }

  private func pieces(
    of segments: [Segment], _ painted: [Int: Highlighting.Style], _ open: [OpenString]
  ) -> [Piece] {
    var pieces: [Piece] = []
    var offset = span.start
    for case .expression(let tokens) in segments {
      for piece in tokens.flatMap({ $0.pieces(painted, open) }) {
        pieces.append(Piece(span: SourceSpan(offset, piece.span.start), style: .string))
        pieces.append(piece)
        offset = piece.span.end
      }
    }
    return pieces + [Piece(span: SourceSpan(offset, span.end), style: .string)]
  }
}

extension Token.Kind {
  fileprivate var style: Highlighting.Style {
    switch self {
    case .variable: .variable
    case .literal(.string), .interpolation: .string
    case .literal(.null), .literal(.bool): .keyword
    case .literal: .number
    case .symbol(let symbol): symbol.isPunctuation ? .plain : .operator
    case .invalid: .error
    case .name, .newline, .end: .plain
    }
  }
}

extension Symbol {
  /// The opening bracket for this closing one.
  fileprivate var opening: Symbol? {
    switch self {
    case .rightParenthesis: .leftParenthesis
    case .rightBracket: .leftBracket
    case .rightBrace: .leftBrace
    default: nil
    }
  }

  fileprivate var isBracket: Bool {
    opening != nil || [.leftParenthesis, .leftBracket, .leftBrace].contains(self)
  }

  fileprivate var isPunctuation: Bool {
    isBracket || [.comma, .dot, .colon, .semicolon].contains(self)
  }
}

extension Lexer.Output {
  /// Returns the spans that can't be read, except strings that aren't closed: the quote may be
  /// typed next.
  fileprivate func blamed(in file: SourceFile) -> [SourceSpan] {
    let open = Set(openStrings.map(\.start))
    let spans = diagnostics.map(\.span).filter { !open.contains($0.start) }
    return spans + (SourceValidator.firstProblem(in: file).map { [$0.span] } ?? [])
  }
}

extension [Highlighting.Style] {
  fileprivate mutating func fill(_ span: SourceSpan, _ style: Highlighting.Style) {
    let start = span.start.clamped(to: 0...count)
    for offset in start..<span.end.clamped(to: start...count) { self[offset] = style }
  }

  /// Merges adjacent bytes of one style into runs, without splitting a character.
  fileprivate func runs(of bytes: [UInt8]) -> [Highlighting.Run] {
    var runs: [Highlighting.Run] = []
    var start = 0
    for offset in 1..<Swift.max(count, 1) {
      let isInside = bytes[offset] & 0xC0 == 0x80
      guard !isInside, self[offset] != self[start] else { continue }
      runs.append(Highlighting.Run(range: start..<offset, style: self[start]))
      start = offset
    }
    return isEmpty ? [] : runs + [Highlighting.Run(range: start..<count, style: self[start])]
  }
}
