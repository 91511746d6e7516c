import LineEditing

/// Colours, completion and preview of the line being typed.
extension Prompt: LineAssistant {
  func styles(of line: String, cursor: Int) -> [PaintedRange] {
    guard console.isColored, PromptRequest(line) == nil || !statement.isEmpty else { return [] }
    let errors = session.lastingErrors(in: line, behind: before(line), cursor: cursor)
    return LineHighlighter.ranges(of: line, behind: before(line), cursor: cursor, errors: errors)
  }

  func completion(of text: String, cursor: Int) -> LineCompletion? {
    LineCompleter(
      session: session, isColored: console.isColored, before: before(text), read: { self.read($0) }
    ).completion(of: text, at: cursor)
  }

  /// Reads a part of the workspace while Tab waits. Any key gives up, and isn't lost.
  private func read(_ missing: WorkspaceListing.Missing) {
    guard !editor.hasKeys, let reading = session.reading(missing) else { return }
    editor.say("Reading the workspace's \(missing) for Tab; any key stops this.\n")
    let problem = Interruption.wait(orKeyDuring: reading) ?? nil
    editor.say(
      problem.map { "error: \($0)\n" } ?? "", replacingLines: host.output.isDumb ? 0 : 1)
  }

  func suggestion(for text: String) -> String {
    guard console.isColored, !text.isEmpty else { return "" }
    return suggestions.rest(of: (statement.isEmpty ? "" : statement + "\n") + text)
  }

  /// The earlier lines of the statement, or the source of a line that begins with `|`.
  private func before(_ line: String) -> String {
    let earlier = statement.isEmpty ? "" : statement + "\n"
    return (earlier + line).trimmed.hasPrefix("|") ? Self.pipedSource + earlier : earlier
  }

  func preview(_ line: String) {
    let text = before(line) + line
    guard !text.trimmed.isEmpty, PromptRequest(text) == nil else { return }
    let preview = session.preview(text)
    editor.say(Interruption.wait { await preview.text() } + "\n")
  }
}
