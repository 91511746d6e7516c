import Execution
import Glibc

/// Posts what statements say, so that the prompt's thread shows it at its place.
struct PostedTerminal: Terminal {
  let mailbox: Mailbox

  var isInteractive: Bool { true }

  func ask(_ question: String) async -> String? {
    await mailbox.ask(question)
  }
}
