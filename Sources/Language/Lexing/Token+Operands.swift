extension Token.Kind {
  /// The word, if the token is a name.
  var word: String? { if case .name(let word) = self { word } else { nil } }

  /// `true` for `null` and for SQL's `NULL`.
  var isNull: Bool { self == .literal(.null) || self == .name("NULL") }

  /// `true` iff a value can begin with the token, and an operator can't.
  var startsOperand: Bool {
    switch self {
    case .literal, .variable, .interpolation: true
    case .symbol(let symbol): [.leftParenthesis, .leftBracket, .leftBrace].contains(symbol)
    case .name(let word): ReservedWord(rawValue: word) == nil || word == "not"
    default: false
    }
  }
}
