import CReadline
import Glibc

/// The rest of an earlier line, shown after the cursor.
///
/// Readline knows nothing of it. So it is cleared before each key and before anything else is
/// written, and it stays within the cursor's row, which leaves all rows as readline knows them.
extension LineEditor {
  /// Shows the rest of an earlier line, as far as there is room.
  func suggest(_ assistant: any LineAssistant, _ text: String, _ cursor: Int, columns: Int) {
    let isWanted = cursor == text.utf8.count && conn_rl_has_pending() == 0
    suggestion = isWanted ? assistant.suggestion(for: text) : ""
    let (shown, width) = Self.fitting(suggestion, columns)
    guard width > 0 else { return suggestion = "" }
    conn_rl_put("\u{1B}[\(Self.grey)m\(shown)\u{1B}[0m\u{1B}[\(width)D")
    showsSuggestion = true
  }

  /// The SGR parameter of suggestions: grey, as in fish. Source: xterm, "Control Sequences".
  private static let grey = "90"

  /// Returns as much of the text as fits, and its width; `…` is in place of the rest.
  private static func fitting(_ text: String, _ columns: Int) -> (String, Int) {
    var (shown, width) = ("", 0)
    for scalar in text.unicodeScalars {
      let more = max(0, Int(conn_rl_width(scalar.value)))
      guard width + more < columns else { return width == 0 ? ("", 0) : (shown + "…", width + 1) }
      shown.unicodeScalars.append(scalar)
      width += more
    }
    return (shown, width)
  }

  /// Clears the screen after the cursor. Source: ECMA-48, ED.
  func hideSuggestion() {
    if showsSuggestion { conn_rl_put("\u{1B}[J") }
    showsSuggestion = false
  }

  /// Shows the suggestion again after a key that changed nothing.
  func showSuggestionAgain() {
    if !showsSuggestion, !suggestion.isEmpty, isEditing, event == nil { paint() }
  }

  // MARK: Keys

  /// Inserts the suggestion. Returns `false` if there is none.
  private func takeSuggestion() -> Bool {
    guard !suggestion.isEmpty, conn_rl_is_at_end() != 0 else { return false }
    rl_insert_text(suggestion)
    suggestion = ""
    return true
  }

  static let forwardCharacter: @convention(c) (Int32, Int32) -> Int32 = { count, key in
    MainActor.assumeIsolated { LineEditor.shared.takeSuggestion() }
      ? 0 : rl_forward_char(count, key)
  }

  static let endOfLine: @convention(c) (Int32, Int32) -> Int32 = { count, key in
    MainActor.assumeIsolated { LineEditor.shared.takeSuggestion() }
      ? 0 : rl_end_of_line(count, key)
  }
}
