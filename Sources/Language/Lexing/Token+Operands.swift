extension Token.Kind {
  /// The word of a name.
  var word: String? { if case .name(let word) = self { word } else { nil } }

  /// `null`, or SQL's `NULL`.
  var isNull: Bool { self == .literal(.null) || self == .name("NULL") }

  /// `true` iff a value can begin with the token, and no operator.
  var startsOperand: Bool {
    switch self {
    case .literal, .variable, .interpolation: true
    case .symbol(let symbol): [.leftParenthesis, .leftBracket, .leftBrace].contains(symbol)
    case .name(let word): ReservedWord(rawValue: word) == nil || word == "not"
    default: false
    }
  }
}
