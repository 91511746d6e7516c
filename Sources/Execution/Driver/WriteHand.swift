import API
import Evaluation
import Planning

/// Carries out planned writes, or pretends to.
protocol WriteHand {
  /// `true` iff the workspace is another one behind its writes.
  var isReal: Bool { get }
  /// Returns what became of each write, in their order.
  mutating func carryOut(_ writes: [PlannedWrite]) async -> [Outcome]
}

extension WriteHand {
  var isReal: Bool { false }
}
