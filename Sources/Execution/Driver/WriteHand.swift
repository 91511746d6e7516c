import API
import Evaluation
import Planning

/// Executes planned writes, or simulates them.
protocol WriteHand {
  /// `true` iff its writes really change the workspace.
  var isReal: Bool { get }
  /// Returns the outcome of each write, in order.
  mutating func carryOut(_ writes: [PlannedWrite]) async -> [Outcome]
}

extension WriteHand {
  var isReal: Bool { false }
}
