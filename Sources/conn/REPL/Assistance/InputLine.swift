import Text

/// A statement as it was typed, in one line or several.
struct InputLine {
  let text: String
  let isConfidential: Bool
}

extension String {
  /// The text without leading and trailing whitespace.
  var trimmed: String { trimming(\.isWhitespace) }

  var trimmingNewlines: String { trimmingEnd(\.isNewline) }
}
