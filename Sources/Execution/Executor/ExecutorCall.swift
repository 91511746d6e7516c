import API
import Evaluation
import Language
import Planning

/// The state of one write.
struct ExecutorCall: Sendable {
  var write: PlannedWrite
  /// The outcome, if it is known without sending the write.
  let known: Outcome?
  var phase = Phase.idle
  /// Number of intents recorded for it.
  var attempts = 0
  var sentAt = 0.0
  /// The server's clock at the send, from the journal, if an earlier process sent it.
  var recordedServerTime: Timestamp?
  var unsent = 0
  var limited = 0
  /// Number of times it was sent again after doubt.
  var resends = 0
  /// Number of lists that did not show the created connection.
  var absences = 0
  /// The reason an attempt may have been applied; `nil` if there is no doubt.
  var doubt: UnknownReason?
  var wasSent = false
  /// `true` iff it was sent by an earlier process of the run, and not by this one.
  var isRecalled = false

  enum Phase: Sendable {
    case idle
    /// Its intent is being written to the journal.
    case intending(notBefore: Double)
    case ready(notBefore: Double)
    case flying
    /// A list will show whether it was done.
    case listing(notBefore: Double)
    /// Done according to an empty answer, which a list must confirm.
    case confirming(Outcome)
    /// Its outcome is being written to the journal.
    case concluded(Outcome)
    case closed(Outcome)
  }

  init(_ write: PlannedWrite, known: Outcome? = nil) {
    self.write = write
    self.known = known
  }

  /// Its place in the run, from 1.
  var number: Int { write.number }

  var isToBeCreated: Bool { write.creates && known == nil }
  var isFlying: Bool { if case .flying = phase { true } else { false } }
  var isConfirming: Bool { if case .confirming = phase { true } else { false } }
  var isClosed: Bool { if case .closed = phase { true } else { false } }

  /// `true` iff something went wrong that is not yet resolved.
  var isTroubled: Bool {
    if isClosed || isConfirming { return false }
    return doubt != nil || unsent > 0 || limited > 0 || attempts > 1
  }

  var trouble: String { doubt?.reason ?? (limited > 0 ? "rate limit reached" : "not sent") }
}
