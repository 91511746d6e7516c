import Execution

extension ScriptRunner {
  /// Reads and runs statements until somebody leaves.
  func prompt() async throws {
    try await summarized {
      let code = try await Prompt.run(self)
      events.end(with: told(code))
      try end(with: code)
    }
  }
}
