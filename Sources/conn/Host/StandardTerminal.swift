import Execution
import LineEditing

/// Asks the user on stderr and reads the answer from stdin.
struct StandardTerminal: Terminal {
  let host: Host

  private var input: StandardInput { host.input }
  private var output: StandardOutput { host.output }

  var isInteractive: Bool { input.isTerminal && output.talksToTerminal }

  var screen: ScreenSize? { host.screen }

  func ask(_ question: String) async -> String? {
    // Keys typed before the question must not count as an answer.
    input.discardTyped()
    output.prompt(question)
    let before = host.interruptions.enter(.prompting)
    defer { host.interruptions.enter(before) }
    if host.interruptions.waitForInput() { return input.line() }
    output.prompt("\n")
    return nil
  }

  func view(_ text: String) async { await Pager(host: host, stream: .messages).show(text) }
}
