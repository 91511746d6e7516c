import Execution
import Glibc
import LineEditing
import Synchronization

/// Asks the user on stderr and reads the answer from stdin.
struct StandardTerminal: Terminal {
  var isInteractive: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1 }

  func ask(_ question: String) async -> String? {
    // Keys typed before the question must not count as an answer.
    tcflush(STDIN_FILENO, TCIFLUSH)
    StandardOutput.shared.prompt(question)
    let before = Interruption.enter(.prompting)
    defer { Interruption.enter(before) }
    if Interruption.waitForInput() { return readLine(strippingNewline: true) }
    StandardOutput.shared.prompt("\n")
    return nil
  }
}
