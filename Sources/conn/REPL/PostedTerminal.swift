import Execution
import Glibc

/// Forwards questions of running statements to the prompt's thread, which shows them in the right
/// place.
struct PostedTerminal: Terminal {
  let mailbox: Mailbox
  let host: Host

  var isInteractive: Bool { true }

  var screen: ScreenSize? { host.terminal.screen }

  func ask(_ question: String) async -> String? {
    await mailbox.ask(question)
  }

  /// The prompt's thread shows results that are longer than the screen in the pager.
  func view(_ text: String) async { mailbox.post(.data(text)) }
}
