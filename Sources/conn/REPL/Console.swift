import API
import Evaluation
import Language
import LineEditing
import Planning
import Text

/// Shows output, messages and progress in the right place: at the end of the screen, or above the
/// line being typed.
@MainActor final class Console {
  private let editor = LineEditor.shared
  private let host: Host
  let isColored: Bool
  /// `true` iff a run continues in the background.
  var hasBackgroundJob = false
  /// The progress of that run, shown above the prompt.
  private var shownProgress: String?
  private var hasWarned = false

  init(_ host: Host) {
    self.host = host
    isColored = host.outputStyle == .colored
  }

  // MARK: Output

  func data(_ text: String) {
    guard editor.isEditing else { return Pager(host: host).show(text) }
    above(text.escapingForTerminal())
  }

  func talk(_ line: String) {
    guard editor.isEditing else { return host.output.writeTalk(line) }
    above(host.output.fitted(line) + "\n")
  }

  func progress(_ line: String) {
    guard hasBackgroundJob else { return host.output.writeProgress(line) }
    guard editor.isEditing, line != shownProgress, !host.output.isDumb else { return }
    let isReplaced = shownProgress != nil
    shownProgress = line
    // Exactly one row, so that the next step can replace it.
    let shown = line.escapingHiddenCharacters().truncated(to: (host.width ?? 80) - 1)
    editor.say(shown + "\n", replacingLines: isReplaced ? 1 : 0)
  }

  /// Shows text above the line in place of the progress, which returns with its next step.
  private func above(_ text: String) {
    editor.say(text, replacingLines: shownProgress == nil ? 0 : 1)
    shownProgress = nil
  }

  /// Forgets the progress shown: a new line starts, so it is no longer directly above.
  func forgetProgress() { shownProgress = nil }

  func error(_ message: String, help: String) {
    ErrorPrinter(host: host).show(RunError(.usage, message, help: help))
  }

  func warnOnce(_ message: String) {
    if !hasWarned { host.output.talk("warning: \(message)") }
    hasWarned = true
  }

  // MARK: Questions

  /// Returns the answer, or `nil` if there is none.
  func ask(_ question: Mailbox.Question) -> String? {
    host.output.clearProgress()
    return question.isSecret
      ? PasswordPrompt.ask(question.text)
      : editor.answer(to: PromptText(question.text.escapingHiddenCharacters()))
  }

  // MARK: The prompt

  /// The prompt, such as `eu-prod [production] 12 rows> `.
  func prompt(_ session: Session, isBusy: Bool) -> PromptText {
    forgetProgress()
    let isProduction = session.choice.profile?.guards.isProduction == true
    var pieces = [(session.workspaceName, isProduction ? "1;31" : "1")]
    if isProduction { pieces.append((" [production]", "31")) }
    if session.mode != .live { pieces.append((" [\(session.mode.rawValue)]", "33")) }
    if isBusy { pieces.append((" [writing]", "33")) }
    if let count = session.lastResult?.rows.count {
      pieces.append((" \(count.counted("row"))", "2"))
    }
    pieces.append(("> ", ""))
    return PromptText(isColored ? pieces : pieces.map { ($0.0, "") })
  }
}

extension Session {
  /// The name of the profile, or the host if there is none.
  var workspaceName: String {
    if runner.options.workspace.simulator, choice.profile == nil { return "simulator" }
    return (choice.profile?.name ?? access.address.authority).escapingHiddenCharacters()
  }
}

extension RunError {
  /// The commands that the prompt has as well.
  private static let shared = ["resume", "runs", "undo"]

  /// The error with the commands of its help as the prompt spells them: `:runs` for `conn runs`.
  var atPrompt: RunError {
    let help = Self.shared.reduce(help) { $0?.replacing("conn \($1)", with: ":\($1)") }
    return RunError(exitCode, message, help: help, at: span)
  }
}
