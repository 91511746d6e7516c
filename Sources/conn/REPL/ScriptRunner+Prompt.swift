import Execution

extension ScriptRunner {
  /// Opens the prompt, and reads and runs statements until the user leaves.
  func prompt() async throws {
    try await summarized {
      let code = try await Prompt.run(self)
      events.end(with: told(code))
      try end(with: code)
    }
  }
}
