/// The words of a command line, split without a shell: blanks separate words, and quotes keep them
/// together. Nothing is expanded, so `$`, `*` and `|` are literal.
///
/// Inside `'…'` every character is literal; inside `"…"` a backslash escapes only `"` and `\`;
/// elsewhere it escapes any character. Source: POSIX Shell, 2.2 Quoting.
package struct WordList {
  package private(set) var words: [String] = []
  private var word: String?

  /// Returns `nil` if a quote isn't closed, or the text ends with a backslash.
  package init?(_ text: String) {
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      switch scalar {
      case " ", "\t", "\n": endWord()
      case "'": guard take(&rest, until: "'", escapes: []) else { return nil }
      case "\"": guard take(&rest, until: "\"", escapes: ["\"", "\\"]) else { return nil }
      case "\\":
        guard let next = rest.popFirst() else { return nil }
        append(next)
      default: append(scalar)
      }
    }
    endWord()
  }

  private mutating func append(_ scalar: Unicode.Scalar) {
    word = (word ?? "") + String(scalar)
  }

  private mutating func endWord() {
    if let word { words.append(word) }
    word = nil
  }

  /// Reads the rest of a quoted part; `false` if its end is missing.
  private mutating func take(
    _ rest: inout Substring.UnicodeScalarView, until end: Unicode.Scalar,
    escapes: [Unicode.Scalar]
  ) -> Bool {
    word = word ?? ""
    while let scalar = rest.popFirst() {
      if scalar == end { return true }
      if scalar == "\\", let next = rest.first, escapes.contains(next) {
        append(next)
        rest.removeFirst()
      } else {
        append(scalar)
      }
    }
    return false
  }

  /// Returns the words as one text that ``init(_:)`` splits into the same words.
  static func text(_ words: [String]) -> String { words.map(quoted).joined(separator: " ") }

  private static func quoted(_ word: String) -> String {
    let isPlain =
      !word.isEmpty && !word.unicodeScalars.contains { " \t\n'\"\\".unicodeScalars.contains($0) }
    return isPlain ? word : "'" + word.replacing("'", with: #"'\''"#) + "'"
  }
}
