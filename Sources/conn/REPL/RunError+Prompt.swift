import Evaluation

extension RunError {
  /// The commands that the prompt has as well.
  private static let shared = ["resume", "runs", "undo"]

  /// The error with the commands of its help as the prompt spells them: `:runs` for `conn runs`.
  var atPrompt: RunError {
    let help = Self.shared.reduce(help) { $0?.replacing("conn \($1)", with: ":\($1)") }
    return RunError(exitCode, message, help: help, at: span)
  }
}
