/// Finds the literals that may be credentials: those assigned to a confidential field.
///
/// It reads tokens, not syntax, so that a text with errors hides as much as one without.
enum ConfidentialText {
  static func spans(in tokens: [Token]) -> [SourceSpan] {
    var spans: [SourceSpan] = []
    var place = 0
    while place < tokens.count {
      if startsAssignment(tokens, place) {
        place = collect(tokens, from: place + 2, into: &spans)
      } else {
        place += 1
      }
    }
    return spans
  }

  private static func startsAssignment(_ tokens: [Token], _ place: Int) -> Bool {
    guard case .name(let name) = tokens[place].kind, Field.named(name)?.isConfidential == true,
      place + 1 < tokens.count
    else { return false }
    return [.symbol(.assign), .symbol(.equal), .symbol(.colon)].contains(tokens[place + 1].kind)
  }

  /// Takes the literals up to the end of the value, and returns the place behind it.
  private static func collect(_ tokens: [Token], from start: Int, into spans: inout [SourceSpan])
    -> Int
  {
    var depth = 0
    for place in start..<tokens.count {
      switch tokens[place].kind {
      case .literal, .interpolation: spans.append(tokens[place].span)
      case .symbol(.leftBrace), .symbol(.leftBracket), .symbol(.leftParenthesis): depth += 1
      case .symbol(.rightBrace), .symbol(.rightBracket), .symbol(.rightParenthesis): depth -= 1
      case .symbol(.comma), .symbol(.pipe), .symbol(.semicolon), .newline:
        if depth <= 0 { return place }
      default: break
      }
    }
    return tokens.count
  }
}
