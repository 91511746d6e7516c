import API
import Evaluation

@testable import Execution

/// Tracks what one life of the process has seen, and what it must therefore not do. It knows the
/// answers and the records, and nothing about the executor.
struct SimulationWatch {
  var stopsAtFirst = false
  var isInterrupted = false
  private var isUnauthorized = false
  private var hasFailed = false
  /// As ``RetryBudget``.
  private var budget = 100
  private var unsent: [Int: Int] = [:]
  private var limited: [Int: Int] = [:]

  init(stopsAtFirst: Bool = false) { self.stopsAtFirst = stopsAtFirst }

  /// When the present outage began.
  private var outageSince: Double?
  /// The writes whose last intent waits for the end of an outage; they are sent after it, even if no
  /// other retry is left.
  private var waited: Set<Int> = []

  mutating func observe(_ attempt: CallResult, of number: Int, at now: Double) {
    if attempt.isOutage {
      outageSince = outageSince ?? now
    } else if !Self.isBroken(attempt) {
      outageSince = nil
    }
    let isWaitedOut = outageSince.map { now < $0 + 120 } ?? false
    switch attempt {
    case .applied: budget = min(100, budget + 1)
    case .unknown(let doubt):
      if [.timeout, .server].contains(doubt.kind), !isWaitedOut { budget -= 10 }
    case .notSent: if !isWaitedOut { unsent[number, default: 0] += 1 }
    case .rejected(let rejection):
      if case .limited = rejection.kind { limited[number, default: 0] += 1 }
      if rejection.status == 401 { isUnauthorized = true }
    }
  }

  /// `true` iff the answer got lost, which says nothing about the server.
  private static func isBroken(_ attempt: CallResult) -> Bool {
    if case .unknown(let doubt) = attempt { doubt.status == nil } else { false }
  }

  mutating func observe(_ records: [JournalRecord]) {
    for case .intent(let intent) in records {
      if outageSince == nil { waited.remove(intent.number) } else { waited.insert(intent.number) }
    }
    for case .outcome(let outcome) in records
    where [.failed, .rejected, .gone, .unknown].contains(outcome.kind) {
      hasFailed = true
    }
  }

  /// Returns the reason why the write must not be sent, or `nil` if it may be.
  func reasonAgainst(_ number: Int) -> String? {
    if isInterrupted { return "it is sent after an interruption" }
    if isUnauthorized { return "it is sent after a 401" }
    if budget <= 0, outageSince == nil, !waited.contains(number) {
      return "it is sent although the retries are used up"
    }
    if unsent[number, default: 0] > 5 { return "it is tried again more than 5 times" }
    if limited[number, default: 0] > 8 { return "it waits more than 8 times" }
    if stopsAtFirst, hasFailed { return "it is sent after a failure" }
    return nil
  }
}
