extension String {
  /// The text on one line: each line break and the blanks around it become one space, and hidden
  /// characters are escaped.
  package var onOneLine: String {
    split(whereSeparator: \.isNewline)
      .map { String($0).trimming { $0 == " " || $0 == "\t" } }
      .joined(separator: " ").escapingHiddenCharacters()
  }
}
