import Execution
import LineEditing

/// Asks the user on stderr and reads the answer from stdin.
struct StandardTerminal: Terminal {
  let input: StandardInput
  let output: StandardOutput
  let interruptions: any Interruptions

  var isInteractive: Bool { input.isTerminal && output.talksToTerminal }

  func ask(_ question: String) async -> String? {
    // Keys typed before the question must not count as an answer.
    input.discardTyped()
    output.prompt(question)
    let before = interruptions.enter(.prompting)
    defer { interruptions.enter(before) }
    if interruptions.waitForInput() { return input.line() }
    output.prompt("\n")
    return nil
  }
}
