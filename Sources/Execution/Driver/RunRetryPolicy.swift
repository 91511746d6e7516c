import API
import ConnectionsClient
import Evaluation

/// The retry policy of a run: reports waits, and gives up at the deadline, on Ctrl-C, or when the
/// retry budget is used up.
package struct RunRetryPolicy: RetryPolicy {
  private(set) var budget: RetryBudget
  private var notice: WaitNotice
  private let deadline: Double?
  package let outagePatience: Double
  private let isInterrupted: @Sendable () -> Bool

  /// `hasBegun` is `true` iff the run has started to write; then it rides out an outage.
  init(_ context: RunContext, _ budget: RetryBudget, hasBegun: Bool) {
    outagePatience = hasBegun ? Outage.longest : 0
    self.budget = budget
    notice = WaitNotice(context.output, context.events)
    deadline = context.execution.deadline
    isInterrupted = context.isInterrupted
  }

  /// Creates a policy for lists outside a run.
  package init(_ output: any Output) {
    budget = RetryBudget()
    outagePatience = 0
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
      notice.countDown("at most 60 list calls a minute are allowed", until: time, at: now)
    case .held:
      notice.countDown("the server asks to wait before the next list", until: time, at: now)
    case .retry(let reason):
      notice.countDown("\(reason); retrying the list", until: time, at: now)
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
  /// The message if the deadline comes before the end of the wait.
  fileprivate var tooLong: String {
    switch self {
    case .pace: "no time for a list call before the deadline: at most 60 a minute are allowed"
    case .held: "no time for a list call before the deadline: the server asks to wait"
    case .retry(let reason): "no time to retry the list before the deadline: \(reason)"
    case .answer: "the deadline has passed"
    }
  }
}
