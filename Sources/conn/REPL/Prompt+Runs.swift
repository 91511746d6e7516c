import API
import Evaluation
import Planning
import Text

/// Running scripts, earlier runs and shell commands from the prompt.
extension Prompt {
  /// Runs a script file: `FILE name=value`.
  func runFile(_ typed: String) throws {
    guard let words = WordList(typed)?.words, let file = words.first else {
      throw RunError(
        .usage, "a quote isn't closed", help: "for example `:run script.conn tag=\"a b\"`")
    }
    guard background == nil else { return refuse() }
    if session.mode == .live { pending = nil }
    finish(try session.start(file: file, Array(words.dropFirst()), mailbox))
  }

  /// Resumes an interrupted run, after a question.
  func resume(_ name: String) throws {
    guard background == nil else { return refuse() }
    try requireLive()
    let past = try session.resumable(name)
    past.summary.split(separator: "\n").forEach {
      host.output.talk(String($0).escapingHiddenCharacters())
    }
    showMessages()
    let wanted = past.wantedAnswer(session.choice)
    let question = Mailbox.Question(text: wanted.question(), isSecret: false) { _ in }
    guard let answer = console.ask(question), wanted.accepts(answer) else {
      throw RunError(.notConfirmed, "not confirmed; nothing further was changed")
    }
    finish(try session.resume(past, mailbox))
  }

  private func finish(_ job: Job) {
    if let end = wait(for: job) { _ = session.conclude(end, of: job) }
  }

  /// Runs a command in a shell, which doesn't inherit the token or the variables with secrets.
  func shell(_ command: String) {
    host.output.clearProgress()
    let code = ChildProcess.run(
      ["/bin/sh", "-c", command], environment: host.childEnvironment)
    if let code, code != 0 { host.output.talk("exit code \(code)") }
    if code == nil { console.error("the command can't be run", help: "!echo hello") }
  }
}
