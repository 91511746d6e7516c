import Engine
import Glibc
import Language

/// Statements from what is not a terminal, one after another: nothing is shown but what they say.
@MainActor struct PlainPrompt {
  private let session: Session
  private let mailbox = Mailbox()

  init(_ runner: ScriptRunner) async throws {
    session = try await Session(runner, terminal: nil)
  }

  func run() async throws {
    while !Interruption.isTermination, let text = Self.nextStatement() {
      if text.trimmed.isEmpty { continue }
      if let request = PromptRequest(text.trimmed) {
        if request.leaves { break }
        StandardOutput.shared.talk("error: commands such as `:help` need a terminal")
        continue
      }
      await run(text)
    }
    await session.close()
  }

  private static func nextStatement() -> String? {
    var text = ""
    while let line = readLine(strippingNewline: true) {
      text += text.isEmpty ? line : "\n" + line
      if Prompt.openConstruct(text) == nil || line.trimmed.isEmpty { return text }
    }
    return text.isEmpty ? nil : text
  }

  private func run(_ text: String) async {
    let analysis = session.analyse(text)
    DiagnosticPrinter(isOff: session.runner.options.talk.noColor).show(analysis)
    guard let script = analysis.script else { return }
    let running = session.start(script, text, analysis, mailbox)
    if let end = await running.end(mailbox) { _ = session.conclude(end, of: running) }
  }
}
