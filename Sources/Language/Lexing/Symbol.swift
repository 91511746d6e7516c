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
    guard first < 0x80 else { return nil }
    for candidate in byFirstByte[Int(first)]
    where candidate.second == nil || candidate.second == second {
      return candidate.symbol
    }
    return nil
  }

  /// The symbols that begin with each byte of ASCII, longest first.
  private static let byFirstByte = (0..<0x80).map { byte in
    allCases.filter { $0.rawValue.utf8.first == byte }
      .map { (second: $0.rawValue.utf8.dropFirst().first, symbol: $0) }
      .sorted { $0.second != nil && $1.second == nil }
  }

  /// The length in bytes.
  var width: Int { rawValue.utf8.count }
}
