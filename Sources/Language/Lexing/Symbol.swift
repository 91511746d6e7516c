/// The punctuation of the language and, at the end, of other languages; the parser reports those
/// with the right spelling.
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
  // Symbols of other languages.
  case doubleAmpersand = "&&"
  case ampersand = "&"
  case doublePipe = "||"
  case bang = "!"
  case lessGreater = "<>"
  case tilde = "~"
  case equalTilde = "=~"
  case bangTilde = "!~"
  case star = "*"
  case backslash = "\\"

  /// Returns the longest symbol that begins with these bytes.
  static func longest(_ first: UInt8, _ second: UInt8?) -> Symbol? {
    second.flatMap { bySpelling[UInt16(first) << 8 | UInt16($0)] } ?? bySpelling[UInt16(first)]
  }

  private static let bySpelling = Dictionary(
    uniqueKeysWithValues: allCases.map { (key($0.rawValue.utf8), $0) })

  /// Packs one or two bytes into a number.
  private static func key(_ bytes: some Sequence<UInt8>) -> UInt16 {
    bytes.reduce(0) { $0 << 8 | UInt16($1) }
  }
}
