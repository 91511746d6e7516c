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

extension Host {
  /// Returns the path with a leading `~/` expanded, as in a shell.
  func expandingHome(_ path: String) -> String {
    guard path.hasPrefix("~/"), let home = environment["HOME"] else { return path }
    return home + path.dropFirst()
  }
}
