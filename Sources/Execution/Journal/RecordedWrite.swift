import Evaluation

/// What the journal holds of a write.
package struct RecordedWrite: Sendable {
  /// The last one.
  package var intent: Intent
  package var outcome: RecordedOutcome?

  /// `true` iff it was done, or may have been: its target may be as it left it.
  var isUnderWay: Bool {
    outcome.map { $0.kind == .unknown || $0.kind == .done || $0.isFinal } ?? true
  }

  package init(intent: Intent, outcome: RecordedOutcome? = nil) {
    self.intent = intent
    self.outcome = outcome
  }
}
