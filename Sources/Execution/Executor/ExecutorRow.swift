import API
import Evaluation
import Language
import Planning

/// Where one write stands.
struct ExecutorRow: Sendable {
  var write: PlannedWrite
  /// Its place in the run, from 1.
  let number: Int
  /// What it has come to without being sent; `nil` where that is not known before.
  let known: Outcome?
  var phase = Phase.idle
  /// How often it was stored as about to leave.
  var attempts = 0
  var sentAt = 0.0
  /// What the journal holds of the server's clock when it was sent, where it was by an earlier part
  /// of the run.
  var recordedServerTime: Timestamp?
  var unsent = 0
  var limited = 0
  /// How often it was sent again after doubt.
  var resends = 0
  /// How often the list did not show a create.
  var absences = 0
  /// Why an attempt may have been done; `nil` where none may.
  var doubt: UnknownReason?
  var wasSent = false
  /// It was sent by an earlier part of the run, and not by this one.
  var isRecalled = false

  enum Phase: Sendable {
    case idle
    /// Its intent is on the way to the disk.
    case intending(notBefore: Double)
    case ready(notBefore: Double)
    case flying
    /// The list will tell whether it was done.
    case listing(notBefore: Double)
    /// Done by an answer without a word: a list is to confirm it.
    case confirming(Outcome)
    /// Its outcome is on the way to the disk.
    case settled(Outcome)
    case closed(Outcome)
  }

  init(_ write: PlannedWrite, number: Int, known: Outcome? = nil) {
    self.write = write
    self.number = number
    self.known = known
  }

  var isToBeCreated: Bool { write.call.isCreate && known == nil }
  var isFlying: Bool { if case .flying = phase { true } else { false } }
  var isConfirming: Bool { if case .confirming = phase { true } else { false } }
  var isClosed: Bool { if case .closed = phase { true } else { false } }

  /// `true` iff something went wrong with it that is not over.
  var isTroubled: Bool {
    if isClosed || isConfirming { return false }
    return doubt != nil || unsent > 0 || limited > 0 || attempts > 1
  }

  var trouble: String { doubt?.reason ?? (limited > 0 ? "the rate limit is used up" : "not sent") }
}
