import API
import Evaluation
import JSON

/// What became of a write.
package struct RecordedOutcome: Hashable, Sendable {
  package let number: Int
  package let kind: Outcome.Kind
  package let reason: String?
  package let status: Int?
  /// The connection as it is afterwards, where that is known.
  package let connection: JSON.Object?
  /// `false` for what is in doubt, what was never sent, and what ended the run, as a token that is
  /// not accepted does: a run that goes on takes it up again.
  package let isFinal: Bool

  package init(
    number: Int, kind: Outcome.Kind, reason: String?, status: Int?, connection: JSON.Object?,
    isFinal: Bool = true
  ) {
    self.number = number
    self.kind = kind
    self.reason = reason
    self.status = status
    self.connection = connection
    self.isFinal = isFinal && kind != .unknown && kind != .skipped
  }
}

extension RecordedOutcome {
  init(_ outcome: Outcome, number: Int, isFinal: Bool) {
    self.init(
      number: number, kind: outcome.kind, reason: outcome.reason, status: outcome.httpStatus,
      connection: outcome.connection?.object, isFinal: isFinal)
  }

  var outcome: Outcome {
    Outcome(
      kind, reason, status: status, connection: connection.flatMap { Connection(.object($0)) })
  }
}
