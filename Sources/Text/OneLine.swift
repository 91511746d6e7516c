extension String {
  /// Line breaks and the blanks around them as one blank.
  package var onOneLine: String {
    split(whereSeparator: \.isNewline)
      .map { line in
        String(line.drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " }.reversed())
      }
      .joined(separator: " ").escapingHiddenCharacters()
  }
}
