import API
import Evaluation
import Glibc
import Language
import LineEditing
import Planning
import Text

/// Shows what there is to show at its place: below what came before, or above the line that is
/// typed.
@MainActor final class Console {
  private let editor = LineEditor.shared
  let isColored: Bool
  /// `true` iff a run goes on behind the prompt.
  var hasBackgroundJob = false
  /// The progress of that run, which stands above the prompt.
  private var shownProgress: String?
  private var hasWarned = false

  init(isColored: Bool) {
    self.isColored =
      isColored && TerminalStyle.style(of: STDOUT_FILENO, isColorDisabled: false) == .colored
  }

  // MARK: Output

  func data(_ text: String) {
    guard editor.isEditing else { return Pager.show(text) }
    above(text.escapingForTerminal())
  }

  func talk(_ line: String) {
    guard editor.isEditing else { return StandardOutput.shared.writeTalk(line) }
    above(line.escapingForTerminal() + "\n")
  }

  func progress(_ line: String) {
    guard hasBackgroundJob else { return StandardOutput.shared.writeProgress(line) }
    guard editor.isEditing, line != shownProgress, !TerminalModes.isDumb else { return }
    let isReplaced = shownProgress != nil
    shownProgress = line
    // One row, which the next step takes the place of.
    let shown = line.escapingHiddenCharacters().truncated(to: (TerminalStyle.width ?? 80) - 1)
    editor.say(shown + "\n", replacingLines: isReplaced ? 1 : 0)
  }

  /// What was shown of the progress gives way, and comes back with its next step.
  private func above(_ text: String) {
    editor.say(text, replacingLines: shownProgress == nil ? 0 : 1)
    shownProgress = nil
  }

  /// The line is typed anew, so nothing stands directly above it.
  func forgetProgress() { shownProgress = nil }

  func error(_ message: String, help: String) {
    ErrorPrinter(sources: SourceMap(), isColorDisabled: !isColored).show(
      RunError(.usage, message, help: help))
  }

  func warnOnce(_ message: String) {
    if !hasWarned { StandardOutput.shared.talk("warning: \(message)") }
    hasWarned = true
  }

  // MARK: Questions

  /// Returns `nil` where there is no answer.
  func ask(_ question: Mailbox.Question) -> String? {
    StandardOutput.shared.clearProgress()
    return question.isSecret
      ? PasswordPrompt.ask(question.text)
      : editor.answer(to: PromptText(question.text.escapingHiddenCharacters()))
  }

  // MARK: The prompt

  /// `eu-prod [production] 12 rows> `.
  func prompt(_ session: Session, isBusy: Bool) -> PromptText {
    forgetProgress()
    let isProduction = session.choice.profile?.guards.isProduction == true
    var pieces = [(session.workspaceName, isProduction ? "1;31" : "1")]
    if isProduction { pieces.append((" [production]", "31")) }
    if session.mode != .live { pieces.append((" [\(session.mode.rawValue)]", "33")) }
    if isBusy { pieces.append((" [writing]", "33")) }
    if let count = session.lastResult?.rows.count {
      pieces.append((" \(count.rowWords)", "2"))
    }
    pieces.append(("> ", ""))
    return PromptText(isColored ? pieces : pieces.map { ($0.0, "") })
  }
}

extension Session {
  /// The profile, or the host.
  var workspaceName: String {
    if runner.options.workspace.simulator, choice.profile == nil { return "simulator" }
    return (choice.profile?.name ?? access.address.authority).escapingHiddenCharacters()
  }
}
