import LineEditing

/// The user's requests to stop, such as Ctrl-C.
protocol Interruptions: Sendable {
  var isRequested: Bool { get }
  /// `true` iff the request was to end the program.
  var isTermination: Bool { get }
  /// The activity that an interruption would disturb.
  var phase: Interruption.Phase { get }
  /// Sets the phase and returns the previous one.
  @discardableResult func enter(_ phase: Interruption.Phase) -> Interruption.Phase
  /// Registers work to do before an interruption ends the program at once.
  func beforeTheEnd(_ work: @escaping @Sendable () -> Void)
  /// Waits for input; returns `false` if an interruption comes first.
  func waitForInput() -> Bool
}

/// The interruptions of the process: signals, and keys of its terminal.
struct SignalInterruptions: Interruptions {
  var isRequested: Bool { Interruption.isRequested }
  var isTermination: Bool { Interruption.isTermination }
  var phase: Interruption.Phase { Interruption.current }

  func enter(_ phase: Interruption.Phase) -> Interruption.Phase { Interruption.enter(phase) }

  func beforeTheEnd(_ work: @escaping @Sendable () -> Void) { Interruption.beforeTheEnd(work) }

  func waitForInput() -> Bool { Interruption.waitForInput() }
}
