import CReadline

/// A line that is taller than the screen.
///
/// Readline can't show a part of such a line: it leaves out rows in the middle, and loses the cursor.
/// So the line is folded into one row that scrolls sideways, with `^J` for a line break.
extension LineEditor {
  /// Folds or unfolds the line before readline shows it.
  func fold() {
    guard isEditing, isFolded || conn_rl_is_on(Self.scrolling) == 0,
      let text = String(validatingCString: conn_rl_line())
    else { return }
    setFolded(isTall(text), clearing: true)
  }

  /// Unfolds the line at its end, for the next one.
  func unfold() { setFolded(false, clearing: false) }

  private func setFolded(_ isWanted: Bool, clearing: Bool) {
    guard isWanted != isFolded else { return }
    isFolded = isWanted
    if clearing { rl_clear_visible_line() }
    rl_variable_bind(Self.scrolling, isWanted ? "on" : "off")
    if clearing { rl_on_new_line() }
  }

  private static let scrolling = "horizontal-scroll-mode"

  private func isTall(_ text: String) -> Bool {
    var (rows, columns): (Int32, Int32) = (0, 0)
    rl_get_screen_size(&rows, &columns)
    let height = HighlightOverlay.height(
      of: prompt.text + text, columns: Int(columns), width: { Int(conn_rl_width($0.value)) })
    return height > Int(rows)
  }
}
