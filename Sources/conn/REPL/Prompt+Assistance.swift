import LineEditing

/// Colours, completion and preview of the line being typed.
extension Prompt: LineAssistant {
  func styles(of line: String, cursor: Int) -> [PaintedRange] {
    guard console.isColored, PromptRequest(line) == nil || !before.isEmpty else { return [] }
    let errors = session.lastingErrors(in: line, behind: before, cursor: cursor)
    return LineHighlighter.ranges(of: line, behind: before, cursor: cursor, errors: errors)
  }

  func completion(of text: String, cursor: Int) -> LineCompletion? {
    LineCompleter(session: session, isColored: console.isColored, before: before).completion(
      of: text, at: cursor)
  }

  private var before: String { statement.isEmpty ? "" : statement + "\n" }

  func preview(_ line: String) {
    let text = before + line
    guard !text.trimmed.isEmpty, PromptRequest(text) == nil else { return }
    let preview = session.preview(text)
    editor.say(Interruption.wait { await preview.text() } + "\n")
  }
}
