import Evaluation
import Execution
import Language

/// A statement that is running, off the prompt's thread.
struct Job: Sendable {
  /// Its number, which distinguishes its end from the ends of other jobs.
  let number: Int
  let analysis: Analysis
  /// The values of its names at the start.
  let environment: Environment
  /// `true` iff it can change something.
  let writes: Bool
  /// `true` iff the names and rows at its end become those of the session.
  let bindsNames: Bool
  private let task: Task<Void, Never>

  /// The state at its end.
  struct End: Sendable {
    let number: Int
    let interpreter: Interpreter
    let error: RunError?
  }

  /// Starts a job, which posts its end to the mailbox.
  init(
    _ number: Int, _ analysis: Analysis, writes: Bool, bindsNames: Bool = true,
    _ interpreter: Interpreter, _ mailbox: Mailbox,
    _ work: @escaping @Sendable (inout Interpreter) async -> RunError?
  ) {
    (self.number, self.analysis, self.writes) = (number, analysis, writes)
    self.bindsNames = bindsNames
    environment = interpreter.environment
    task = Task.detached {
      var interpreter = interpreter
      let error = await work(&interpreter)
      mailbox.post(.ended(End(number: number, interpreter: interpreter, error: error)))
    }
  }

  /// Waits for the end and drops all other messages, for use without a prompt on a terminal.
  func end(_ mailbox: Mailbox) async -> End? {
    await task.value
    for case .ended(let end) in mailbox.receive() { return end }
    return nil
  }

  /// Cancels reads; a write in flight is still finished.
  func cancel() { task.cancel() }
}
