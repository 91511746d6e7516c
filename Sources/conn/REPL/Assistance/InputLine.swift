/// A line, or several, as they were typed.
struct InputLine {
  let text: String
  let isConfidential: Bool
}

extension String {
  /// Without blanks and line ends before and behind it.
  var trimmed: String { String(drop(while: \.isWhitespace)).trimmingEnd(\.isWhitespace) }

  /// `~/` as a shell would take it.
  var expandingHome: String {
    guard hasPrefix("~/"), let home = ProcessEnvironment.read()["HOME"] else { return self }
    return home + dropFirst()
  }

  var trimmingNewlines: String { trimmingEnd(\.isNewline) }

  private func trimmingEnd(_ isTrimmed: (Character) -> Bool) -> String {
    var text = self[...]
    while let last = text.last, isTrimmed(last) { text = text.dropLast() }
    return String(text)
  }
}
