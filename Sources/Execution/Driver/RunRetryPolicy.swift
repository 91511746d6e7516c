import API
import ConnectionsClient
import Evaluation

/// The patience of a run: it tells of its waits, and waits neither behind its deadline or an
/// interruption, nor for a server that has failed too often.
package struct RunRetryPolicy: RetryPolicy {
  private(set) var budget: RetryBudget
  private var notice: WaitNotice
  private let deadline: Double?
  private let isInterrupted: @Sendable () -> Bool

  init(_ context: RunContext, _ budget: RetryBudget) {
    self.budget = budget
    notice = WaitNotice(context.output, context.events)
    deadline = context.execution.deadline
    isInterrupted = context.isInterrupted
  }

  /// For lists outside of a run.
  package init(_ output: any Output) {
    budget = RetryBudget()
    notice = WaitNotice(output, NoEvents())
    deadline = nil
    isInterrupted = { false }
  }

  package mutating func look(at wait: CallWait, until time: Double, now: Double)
    throws(ClientError)
  {
    if isInterrupted() { throw .interrupted }
    if let deadline, now > deadline { throw .tooLate("the deadline has passed") }
    if let deadline, time.isFinite, time > deadline { throw .tooLate(wait.tooLong) }
    switch wait {
    case .pace:
      notice.countDown("at most 60 lists a minute are permitted", until: time, at: now)
    case .retry(let reason):
      notice.countDown("\(reason); the list is asked for again", until: time, at: now)
    case .answer(let call, let start): notice.countUp(call, since: start, at: now)
    }
  }

  package mutating func allowsRetry(retryAfter error: ClientError) -> Bool {
    budget.failed(error)
    return !budget.isUsedUp
  }

  package mutating func succeeded() { budget.succeeded() }

  package mutating func endWait() { notice.erase() }
}

extension CallWait {
  /// Why a run ends whose deadline comes before the end of the wait.
  fileprivate var tooLong: String {
    switch self {
    case .pace: "the deadline leaves no time for a list: at most 60 a minute are permitted"
    case .retry(let reason): "the deadline leaves no time to ask for the list again: \(reason)"
    case .answer: "the deadline has passed"
    }
  }
}
