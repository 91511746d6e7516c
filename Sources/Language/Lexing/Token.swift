/// A lexeme with its kind and place.
package struct Token: Hashable, Sendable {
  package let kind: Kind
  package let span: SourceSpan

  package enum Kind: Hashable, Sendable {
    case name(String)
    /// `$name`, without the dollar.
    case variable(String)
    case literal(Literal)
    case interpolation([Segment])
    case symbol(Symbol)
    case newline
    /// A lexical error stands reported at this place.
    case invalid
    case end
  }

  /// A piece of `f"…"`: text, or the tokens between braces.
  package enum Segment: Hashable, Sendable {
    case text(String)
    case expression([Token])
  }
}

/// The punctuation of the language, and (below the line) that of other languages, which the parser
/// answers with the right spelling.
package enum Symbol: String, CaseIterable, Sendable {
  case pipe = "|"
  case comma = ","
  case dot = "."
  case colon = ":"
  case semicolon = ";"
  case leftParenthesis = "("
  case rightParenthesis = ")"
  case leftBracket = "["
  case rightBracket = "]"
  case leftBrace = "{"
  case rightBrace = "}"
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case assign = "="
  case plus = "+"
  case minus = "-"
  case coalesce = "??"
  // Foreign habits.
  case doubleAmpersand = "&&"
  case ampersand = "&"
  case doublePipe = "||"
  case bang = "!"
  case lessGreater = "<>"

  /// Returns the longest symbol that these bytes begin.
  static func longest(_ first: UInt8, _ second: UInt8?) -> Symbol? {
    second.flatMap { bySpelling[UInt16(first) << 8 | UInt16($0)] } ?? bySpelling[UInt16(first)]
  }

  private static let bySpelling = Dictionary(
    uniqueKeysWithValues: allCases.map { (key($0.rawValue.utf8), $0) })

  /// One or two bytes as a number.
  private static func key(_ bytes: some Sequence<UInt8>) -> UInt16 {
    bytes.reduce(0) { $0 << 8 | UInt16($1) }
  }
}

/// A value written in a script.
package enum Literal: Hashable, Sendable {
  case null
  case bool(Bool)
  case int(Int64)
  case string(String)
  case timestamp(Timestamp)
  case duration(TimeSpan)
}

/// `# …` to the end of a line; `## …` documents the statement on its line.
package struct Comment: Hashable, Sendable {
  package let span: SourceSpan
  /// Without the number signs and the blanks around.
  package let text: String
  package let isDocumentation: Bool
}
