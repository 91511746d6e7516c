import Evaluation
import Execution
import Glibc
import Language
import LineEditing

/// Runs the statements of a stdin that is not a terminal, one after another, and shows only their
/// output. A failed statement doesn't stop the ones after it; the program exits with the code of
/// the first failure.
@MainActor struct PlainPrompt {
  private let session: Session
  private let host: Host
  private let mailbox = Mailbox()

  init(_ runner: ScriptRunner) async throws {
    host = runner.host
    session = try await Session(runner, terminal: nil)
  }

  func run() async throws -> Evaluation.ExitCode {
    var code = Evaluation.ExitCode.success
    while !host.interruptions.isTermination, let text = nextStatement() {
      if text.trimmed.isEmpty { continue }
      if let request = PromptRequest(text) {
        if request.leaves { break }
        host.output.talk("error: commands such as `:help` need a terminal")
        if code == .success { code = .usage }
        continue
      }
      let ended = await run(Prompt.expanded(text))
      if code == .success { code = ended }
    }
    await session.close()
    return code
  }

  private func nextStatement() -> String? {
    var text = ""
    while let line = host.input.line() {
      text += text.isEmpty ? line : "\n" + line
      if Prompt.openConstruct(Prompt.expanded(text)) == nil || line.trimmed.isEmpty { return text }
    }
    return text.isEmpty ? nil : text
  }

  private func run(_ text: String) async -> Evaluation.ExitCode {
    let analysis = session.examine(text)
    guard let script = analysis.script else { return .usage }
    let job = session.start(script, text, analysis, mailbox)
    guard let end = await job.end(mailbox) else { return .internalError }
    _ = session.conclude(end, of: job)
    return end.interpreter.report.exitCode(after: end.error)
  }
}
