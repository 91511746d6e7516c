import Evaluation

/// A write according to the journal: its last intent, and its outcome if there is one.
package struct RecordedWrite: Sendable {
  /// The intent of the last attempt.
  package var intent: Intent
  package var outcome: RecordedOutcome?

  /// `true` iff it was or may have been applied, so its target may no longer be as planned.
  var isUnderWay: Bool {
    outcome.map { $0.kind == .unknown || $0.kind == .done || $0.isFinal } ?? true
  }

  package init(intent: Intent, outcome: RecordedOutcome? = nil) {
    self.intent = intent
    self.outcome = outcome
  }
}
