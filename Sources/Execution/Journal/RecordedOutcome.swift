import API
import Evaluation
import JSON

/// The journal record of a write's outcome.
package struct RecordedOutcome: Hashable, Sendable {
  package let number: Int
  package let kind: Outcome.Kind
  package let reason: String?
  package let status: Int?
  /// The connection after the write, if known.
  package let connection: JSON.Object?
  /// `false` if a resumed run tries the write again: it is in doubt, was never sent, or failed for a
  /// reason that ended the run, such as a rejected token.
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
