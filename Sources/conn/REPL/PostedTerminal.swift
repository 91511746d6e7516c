import Execution
import Glibc

/// Forwards questions of running statements to the prompt's thread, which shows them in the right
/// place.
struct PostedTerminal: Terminal {
  let mailbox: Mailbox

  var isInteractive: Bool { true }

  func ask(_ question: String) async -> String? {
    await mailbox.ask(question)
  }
}
