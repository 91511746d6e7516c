import Text

/// A statement as it was typed, in one line or several.
struct InputLine {
  let text: String
  let isConfidential: Bool
}

extension String {
  /// The text without leading and trailing whitespace.
  var trimmed: String { trimming(\.isWhitespace) }

  /// The path with a leading `~/` expanded, as in a shell.
  var expandingHome: String {
    guard hasPrefix("~/"), let home = ProcessEnvironment.read()["HOME"] else { return self }
    return home + dropFirst()
  }

  var trimmingNewlines: String { trimmingEnd(\.isNewline) }
}
