/// The line that a user of bash has typed up to the cursor. bash hands over unparsed words, split at
/// `=` and `:` too; this type reads the line as bash does when it runs it, without expansions.
///
/// Source: the bash manual, "Quoting" and "Programmable Completion".
struct ShellLine {
  /// The words after the program; the last one is being typed and may be empty.
  private(set) var words: [String] = []
  /// The quote that is still open at the cursor.
  private var quote: Character?
  private var word = ""
  private var isInWord = false

  init(_ text: String) {
    var rest = text[...]
    while let next = rest.popFirst() { read(next, &rest) }
    words.append(word)
    words.removeFirst()
  }

  private mutating func read(_ next: Character, _ rest: inout Substring) {
    if next == quote {
      quote = nil
    } else if next == "\\", quote != "'", let escaped = rest.first, isEscapable(escaped) {
      add(rest.removeFirst())
    } else if quote != nil {
      add(next)
    } else if next == "'" || next == "\"" {
      (quote, isInWord) = (next, true)
    } else if next.isWhitespace {
      endWord()
    } else {
      add(next)
    }
  }

  /// `true` iff a backslash before the character only escapes it.
  private func isEscapable(_ next: Character) -> Bool { quote == nil || "\\\"$`".contains(next) }

  private mutating func add(_ next: Character) {
    word.append(next)
    isInWord = true
  }

  private mutating func endWord() {
    if isInWord { words.append(word) }
    (word, isInWord) = ("", false)
  }
}

extension ShellLine {
  /// Returns the text that makes the last word a candidate, if bash puts it in the place of `typed`,
  /// the end of the word. Returns `nil` if the open quote can't hold the candidate.
  func insertion(_ candidate: String, for typed: String) -> String? {
    let open = quote.map(String.init) ?? ""
    let end = ShellLine("conn " + open + typed.drop { $0 == quote }).words.last ?? ""
    let word = words.last ?? ""
    let kept = word.hasSuffix(end) ? word.utf8.count - end.utf8.count : 0
    return quoted(String(decoding: candidate.utf8.dropFirst(kept), as: UTF8.self))
  }

  /// Returns a text that bash reads as this one at the cursor.
  private func quoted(_ text: String) -> String? {
    switch quote {
    case "'": text.contains("'") ? nil : text
    // Between double quotes, nothing escapes the sign of history without becoming part of the word.
    case "\"": text.contains("!") ? nil : text.escaping { "\\\"$`".contains($0) }
    default: Self.home(text) + text.dropFirst(Self.home(text).count).escaping { !$0.isPlain }
    }
  }

  private static func home(_ text: String) -> String { text.hasPrefix("~/") ? "~/" : "" }
}

extension StringProtocol {
  fileprivate func escaping(_ needsEscape: (Character) -> Bool) -> String {
    map { needsEscape($0) ? "\\\($0)" : "\($0)" }.joined()
  }
}

extension Character {
  /// `true` iff the character means itself anywhere in a word of bash.
  fileprivate var isPlain: Bool { isLetter || isNumber || "_-./:=@%+,".contains(self) }
}
