import API
import ArgumentParser
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

  /// Resumes an interrupted run, after a question: `RUN name=value --settle ID=done`.
  func resume(_ typed: String) throws {
    guard background == nil else { return refuse() }
    try requireLive()
    let wanted = try ResumeOptions.parse(typed: typed)
    let past = try session.resumable(wanted)
    past.introduction.forEach(host.output.talk)
    showMessages()
    let challenge = past.wantedAnswer(session.choice)
    let question = Mailbox.Question(text: challenge.question(), isSecret: false) { _ in }
    guard let answer = console.ask(question), challenge.accepts(answer) else {
      throw RunError(.notConfirmed, "not confirmed; nothing further was changed")
    }
    finish(try session.resume(past, wanted.arguments, mailbox))
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

extension ResumeOptions {
  /// Reads what was typed after `:resume`.
  fileprivate static func parse(typed: String) throws(RunError) -> Self {
    do { return try parse(WordList(typed)?.words ?? [typed]) } catch {
      throw RunError(
        .usage, message(for: error), help: "for example `:resume last --settle 36=done`")
    }
  }
}
