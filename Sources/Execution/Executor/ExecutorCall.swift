import API
import Evaluation
import Language
import Planning

/// The state of one call, which carries out one write or several.
struct ExecutorCall: Sendable {
  var planned: PlannedCall
  /// The outcome, if it is known without sending the call, which then has a single write.
  let known: Outcome?
  var phase = Phase.idle
  var attempts = 0
  var sentAt = 0.0
  /// The times of this process's sends that may have been applied.
  var sends: [Double] = []
  /// The server's clock at the send, from the journal, if an earlier process sent it.
  var recordedServerTime: Timestamp?
  var unsent = 0
  var limited = 0
  /// Number of times it was sent again after doubt.
  var resends = 0
  /// Number of lists that did not show the created connection.
  var absences = 0
  /// Number of lists that did not show it, but may be incomplete.
  var unprovenAbsences = 0
  /// The reason an attempt may have been applied; `nil` if there is no doubt.
  var doubt: UnknownReason?
  var wasSent = false
  /// `true` iff it was sent by an earlier process of the run, and not by this one.
  var isRecalled = false
  /// `true` iff it was sent by an earlier process of the run.
  var isResumed = false
  /// The refusal of a create whose connection may exist already; the outcome if no list shows it.
  var conflict: CallResult?

  enum Phase: Sendable {
    case idle
    /// Its intents are being written to the journal.
    case intending(notBefore: Double)
    case ready(notBefore: Double)
    case flying
    /// A list will show whether it was done.
    case listing(notBefore: Double)
    /// Done according to this answer, which a list must confirm.
    case confirming(CallResult)
    /// Its outcomes are being written to the journal; one for each write.
    case concluded([Outcome])
    case closed([Outcome])
  }

  init(_ planned: PlannedCall, known: Outcome? = nil) {
    self.planned = planned
    self.known = known
  }

  var writes: [PlannedWrite] { planned.writes }

  /// The first write; the only one, except for calls that can change many connections.
  var write: PlannedWrite { planned.write }

  /// The first write's place in the run, from 1.
  var number: Int { write.number }

  var kind: CallKind { planned.call.kind }

  var isFlying: Bool { if case .flying = phase { true } else { false } }
  var isListing: Bool { if case .listing = phase { true } else { false } }
  var isConfirming: Bool { if case .confirming = phase { true } else { false } }
  var isClosed: Bool { if case .closed = phase { true } else { false } }

  /// `true` iff something went wrong that is not yet resolved.
  var isTroubled: Bool {
    if isClosed || isConfirming { return false }
    return doubt != nil || unsent > 0 || limited > 0 || attempts > 1
  }

  var trouble: String { doubt?.reason ?? (limited > 0 ? "rate limit reached" : "not sent") }

  /// Returns one call with the same history for each value of `key`.
  func divided<Key: Hashable>(by key: (PlannedWrite) -> Key) -> [(Key, ExecutorCall)] {
    planned.divided(by: key).map { value, part in
      var call = self
      call.planned = part
      return (value, call)
    }
  }
}
