/// What the journal holds of a write.
package struct RecordedWrite: Sendable {
  /// The last one.
  package var intent: Intent
  package var outcome: RecordedOutcome?

  package init(intent: Intent, outcome: RecordedOutcome? = nil) {
    self.intent = intent
    self.outcome = outcome
  }
}
