import Execution
import Glibc
import LineEditing
import Synchronization

/// The person at the terminal.
struct StandardTerminal: Terminal {
  var isInteractive: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1 }

  func ask(_ question: String) async -> String? {
    // What was typed before the question is no answer to it.
    tcflush(STDIN_FILENO, TCIFLUSH)
    StandardOutput.shared.prompt(question)
    let before = Interruption.enter(.prompting)
    defer { Interruption.enter(before) }
    if Interruption.waitForInput() { return readLine(strippingNewline: true) }
    StandardOutput.shared.prompt("\n")
    return nil
  }
}
