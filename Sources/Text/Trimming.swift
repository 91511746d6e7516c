extension String {
  /// Returns the text without the characters at both ends that satisfy `isTrimmed`.
  package func trimming(_ isTrimmed: (Character) -> Bool) -> String {
    String(drop(while: isTrimmed)).trimmingEnd(isTrimmed)
  }

  /// The text without the characters at its end that satisfy `isTrimmed`.
  package func trimmingEnd(_ isTrimmed: (Character) -> Bool) -> String {
    var text = self[...]
    while let last = text.last, isTrimmed(last) { text = text.dropLast() }
    return String(text)
  }

  /// The text without the spaces, tabs and carriage returns at both ends.
  package func trimmingBlanks() -> String { trimming { $0 == " " || $0 == "\t" || $0 == "\r" } }

  /// The text without the spaces at its end.
  package func trimmingTrailing() -> String { trimmingEnd { $0 == " " } }

  /// The text without one newline at its end, as commands and editors leave it.
  package var droppingFinalNewline: String { hasSuffix("\n") ? String(dropLast()) : self }
}
