import Evaluation
import Execution
import Language

/// A statement under way, away from the thread of the prompt.
struct Job: Sendable {
  /// Tells its end from those of others.
  let number: Int
  let analysis: Analysis
  /// What its names stood for.
  let environment: Environment
  /// `true` iff it can change something.
  let writes: Bool
  private let task: Task<Void, Never>

  /// What is left at its end.
  struct End: Sendable {
    let number: Int
    let interpreter: Interpreter
    let error: RunError?
  }

  /// Starts; the end is posted.
  init(
    _ number: Int, _ analysis: Analysis, writes: Bool, _ interpreter: Interpreter,
    _ mailbox: Mailbox,
    _ work: @escaping @Sendable (inout Interpreter) async -> RunError?
  ) {
    (self.number, self.analysis, self.writes) = (number, analysis, writes)
    environment = interpreter.environment
    task = Task.detached {
      var interpreter = interpreter
      let error = await work(&interpreter)
      mailbox.post(.ended(End(number: number, interpreter: interpreter, error: error)))
    }
  }

  /// Waits for the end, where nobody shows messages.
  func end(_ mailbox: Mailbox) async -> End? {
    await task.value
    for case .ended(let end) in mailbox.take() { return end }
    return nil
  }

  /// Ends what is being read; a write in flight is waited for.
  func cancel() { task.cancel() }
}
