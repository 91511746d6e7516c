import Text

/// Earlier statements, for completing a line with the latest one that begins like it.
struct Suggestions {
  private var statements: [String]

  init(_ statements: [String]) { self.statements = statements }

  mutating func add(_ statement: String) { statements.append(statement) }

  /// Returns the rest of the line in the latest statement that begins with `text`; empty if there is
  /// none, or if it has characters that could hide what it is.
  func rest(of text: String) -> String {
    let found = statements.last { statement in
      statement.utf8.count > text.utf8.count && statement.utf8.starts(with: text.utf8)
    }
    guard let found, let rest = String(found.utf8.dropFirst(text.utf8.count)) else { return "" }
    let line = rest.prefix { !$0.isNewline }
    return String(line).hasHiddenCharacters ? "" : String(line)
  }
}
