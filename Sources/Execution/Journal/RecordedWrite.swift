import Evaluation
import JSON
import Planning

/// A write according to the journal: its last intent, and its outcome if there is one.
package struct RecordedWrite: Sendable {
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

extension [Int: RecordedWrite] {
  /// The connections that the run created, and didn't try to delete.
  var created: Set<Int64> {
    let made = values.filter { $0.intent.action.definition.creates && $0.outcome?.kind == .done }
    let deleted = values.filter { $0.intent.action.definition.lifecycle == .ends }
    return Set(made.compactMap { $0.outcome?.connection?["id"]?.int })
      .subtracting(deleted.compactMap { $0.intent.before?["id"]?.int })
  }
}
