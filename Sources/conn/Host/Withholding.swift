import Evaluation
import Synchronization

/// The environment variables that a program which `conn` starts doesn't inherit, and that a script
/// can't read. All copies of a host share them.
final class Withholding: Sendable {
  private let variables = Mutex(WithheldVariables())

  var value: WithheldVariables { variables.withLock { $0 } }

  func update(_ change: (inout WithheldVariables) -> Void) { variables.withLock { change(&$0) } }
}
