extension String {
  /// Returns the text as lines of at most `width` columns. Lines break between words; only words
  /// that are longer than a line are split. A character wider than `width` gets a line of its own.
  package func wrapped(to width: Int?) -> [String] {
    guard let width, displayWidth > width else { return [self] }
    var lines: [String] = []
    var line = (text: "", width: 0)
    for (index, word) in split(separator: " ", omittingEmptySubsequences: false).enumerated() {
      var glue = index == 0 ? "" : " "
      for piece in String(word).cut(every: width) {
        let added = glue.utf8.count + piece.width
        if line.width + added > width, line.width > 0 {
          lines.append(line.text)
          line = (piece.text, piece.width)
        } else {
          line = (line.text + glue + piece.text, line.width + added)
        }
        glue = ""
      }
    }
    return lines + [line.text]
  }

  /// Wraps an indented line like ``wrapped(to:)``; continuation lines are indented by two more
  /// columns.
  package func wrappedHanging(to width: Int?) -> [String] {
    guard let width, displayWidth > width else { return [self] }
    let indent = prefix { $0 == " " }.count
    let lines = String(dropFirst(indent)).wrapped(to: max(10, width - indent - 2))
    return lines.enumerated().map { index, line in
      String(repeating: " ", count: index == 0 ? indent : indent + 2) + line
    }
  }

  /// Returns the text with each of its lines wrapped like ``wrappedHanging(to:)``.
  package func withWrappedLines(to width: Int?) -> String {
    split(separator: "\n", omittingEmptySubsequences: false)
      .flatMap { String($0).wrappedHanging(to: width) }.joined(separator: "\n")
  }

  /// Cuts the text into pieces of at most `width` columns; returns at least one.
  private func cut(every width: Int) -> [(text: String, width: Int)] {
    guard displayWidth > width else { return [(self, displayWidth)] }
    var pieces: [(text: String, width: Int)] = [("", 0)]
    for character in self {
      let next = String(character).displayWidth
      let last = pieces[pieces.count - 1].width
      if last > 0, last + next > width { pieces.append(("", 0)) }
      pieces[pieces.count - 1].text.append(character)
      pieces[pieces.count - 1].width += next
    }
    return pieces
  }

  /// Returns the text, cut short with `…` if it is wider than `width` columns.
  package func truncated(to width: Int) -> String {
    guard displayWidth > width else { return self }
    var kept = ""
    var used = 0
    for character in self {
      let next = String(character).displayWidth
      if used + next > width - 1 { break }
      kept.append(character)
      used += next
    }
    return kept + "…"
  }

  /// Returns the text padded with spaces to `width` columns, on the right, or on the left if
  /// `right` is true.
  package func padded(to width: Int, right: Bool = false) -> String {
    let blanks = String(repeating: " ", count: max(0, width - displayWidth))
    return right ? blanks + self : self + blanks
  }
}
