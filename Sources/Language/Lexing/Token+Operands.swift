extension Token.Kind {
  /// The word, if the token is a name.
  var word: String? { if case .name(let word) = self { word } else { nil } }

  /// `true` for `null` and for SQL's `NULL`.
  var isNull: Bool { self == .literal(.null) || self == .name("NULL") }
}
