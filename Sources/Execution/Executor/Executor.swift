import API
import ConnectionsClient
import Evaluation
import JSON
import Language
import Planning
import Text

/// Executes confirmed writes as a state machine without I/O: ``next(at:)`` returns the next step, the
/// caller performs it, and ``handle(_:at:)`` reports the result.
///
/// Everything that makes a run hard to get right happens between two effects: a crash after the send
/// and before the record, an answer that is lost, a clock that jumps, a disk that fills up. Code that
/// performs its own I/O can be stopped at such a point only by luck. Here every point is a `Step`, so
/// a test can crash, delay or corrupt any of them, with an injected clock, disk and server, and
/// check the promises (never send an unrecorded write, never send a create twice, never round
/// "unknown" up or down) over thousands of seeded runs. The live driver runs the same code.
///
/// A call goes through these phases: intending (its record is being written) → ready → flying →
/// settled (its outcome is being written) → closed. Doubt adds a detour through listing. Calls are
/// sent in order, and while one of them is in trouble no new one starts.
///
/// Source: the reactions to answers are those of the table in ``RecoveryAction``.
package struct Executor: Sendable {
  /// An effect that the caller must perform next.
  package enum Step: Sendable {
    /// Append the records to the journal and sync it; then report `stored` or `storeFailed`.
    case store([JournalRecord])
    /// Send the call, of which this is the first write, if the rate limiter allows it; then report
    /// `sent` and later `answered`, or `notBefore`.
    case send(number: Int, WriteCall)
    /// Request the list; then report `listed`.
    case list(ListQuery)
    /// Wait until this time, or until an answer arrives.
    case pause(until: Double, Wait)
    case finished
  }

  /// The reason for a pause.
  package enum Wait: Hashable, Sendable {
    case answer
    case pace
    /// A call will be sent again, for this reason.
    case retry(String)
    /// The server may still be working on a create, which can't be looked for before; the reason for the
    /// doubt.
    case giveUp(String)
    /// The list will show whether a call was done; the reason for the doubt.
    case reconciliation(String)
  }

  package enum Event: Sendable {
    case stored
    case storeFailed(String)
    case sent(number: Int)
    case notBefore(Double)
    case answered(number: Int, CallResult)
    case listed(Result<ConnectionList, ClientError>)
    /// The user interrupted the run: no further call is sent, and calls in flight are awaited.
    case interrupted
  }

  static let maxInFlight = RateLimiter.maxInFlight
  /// The server gives up on a request after 40 s, so a change missing after 60 s was not applied.
  static let secondsBeforeReconciling = 60.0
  /// A list may lag behind: a connection is absent if two lists this far apart don't show it, and a
  /// create made the only match if a list this long after `secondsBeforeReconciling` shows no other.
  static let secondsBetweenLists = 30.0
  /// Number of empty answers after which one list confirms them all.
  static let maxUnconfirmed = 50
  /// Shortest wait in seconds; exceeds rounding errors, so that every wait advances the clock.
  static let shortestWait = 0.001

  let policy: ExecutionPolicy
  var random: SplitMix64
  var budget = RetryBudget()
  /// When the present outage began, and the number of the call that met it first.
  var outage: (since: Double, number: Int)?
  var history: [Int: RecordedWrite]
  package internal(set) var stop: RunError?
  /// `true` iff only the answers of calls in flight are still awaited.
  var isHardStop = false
  /// `true` iff nothing is sent, but writes in doubt are still looked up in the list.
  var isLookingUp = false
  package internal(set) var tally = Tally()
  var problems = ProblemList()
  var failuresInARow = 0
  var refusalsInARow = 0
  /// Ids that existed before the first create, plus those created since.
  var known: KnownIDs?
  /// Connections that this run created, and didn't try to delete.
  var created: Set<Int64>
  /// Connections that this run changed without learning their new `updated_at`.
  var staleIDs: Set<Int64> = []
  /// Seconds to add to an uptime to get a lower bound of the server's clock (seconds since 1970).
  package var serverOffset: Double?
  var journalIsBroken = false
  /// Connections that somebody else has changed since the plan was confirmed.
  var changedMeanwhile: Set<Int64> = []
  var touched: Set<Int64> = []
  var drifted = 0

  var calls: [ExecutorCall] = []
  /// The numbers of the current stage's writes, in order.
  var numbers: [Int] = []
  /// Index of the first call that has not started.
  var nextCall = 0
  /// Index of the first call that may be open; all calls before it are closed.
  var firstOpen = 0
  var pending: [JournalRecord] = []
  var paceAllows = 0.0
  var isWaitingForKnown = false
  /// Uptime of the last list request; the list does not show later changes.
  var listAskedAt = 0.0
  /// The writes whose outcomes are known but not yet reported.
  var closed: [(write: PlannedWrite, outcome: Outcome)] = []

  package init(
    policy: ExecutionPolicy = ExecutionPolicy(), seed: UInt64,
    history: [Int: RecordedWrite] = [:], known: KnownIDs? = nil
  ) {
    self.policy = policy
    self.random = SplitMix64(seed: seed)
    self.history = history
    self.known = known
    created = history.created
    // No other create adopts what was created according to the journal.
    for case let outcome? in history.values.map(\.outcome)
    where outcome.kind == .done {
      guard let id = outcome.connection?["id"]?.int else { continue }
      self.known?.ids.insert(id)
    }
  }

  /// A lower bound of the server's clock at `now`; `nil` if unknown.
  func serverTime(at now: Double) -> Timestamp? {
    serverOffset.map { Timestamp(microseconds: Int64((now + $0) * 1e3) * 1_000) }
  }

  /// Outcomes of the current stage's writes, in order; a write that never started is skipped.
  package var outcomes: [Outcome] {
    var outcomes: [Int: Outcome] = [:]
    for call in calls {
      for (offset, write) in call.writes.enumerated() {
        outcomes[write.number] = outcome(of: write, at: offset, in: call)
      }
    }
    return numbers.compactMap { outcomes[$0] }
  }

  private func outcome(of write: PlannedWrite, at offset: Int, in call: ExecutorCall) -> Outcome {
    if case .closed(let outcomes) = call.phase { return outcomes[offset] }
    return left(write, call.known)
  }

  /// Returns the writes whose outcomes became known since the last call of this function.
  mutating func removeClosed() -> [(write: PlannedWrite, outcome: Outcome)] {
    defer { closed = [] }
    return closed
  }

  // MARK: The next step

  package mutating func next(at now: Double) -> Step {
    if isLate(now), nextCall < calls.count { haltAtDeadline() }
    var step = nextStep(at: now)
    if isTooLate(step, at: now) {
      haltAtDeadline()
      step = nextStep(at: now)
    }
    if case .list = step { listAskedAt = now }
    return step
  }

  private mutating func nextStep(at now: Double) -> Step {
    if let step = storing() { return step }
    if stop != nil, case let step = concludeUnsent(), let step { return step }
    if isWaitingForKnown, !isHardStop { return .list(listQuery) }
    if let step = openStep(at: now) { return step }
    if unconfirmed >= Self.maxUnconfirmed { return .list(listQuery) }
    if let step = beginNext(at: now) { return step }
    if openCalls.contains(where: \.isFlying) { return .pause(until: .infinity, .answer) }
    return unconfirmed > 0 ? .list(listQuery) : .finished
  }

  private var unconfirmed: Int { openCalls.count(where: \.isConfirming) }

  /// `true` iff the step would send, list or wait past the deadline; the driver abandons calls in flight.
  private func isTooLate(_ step: Step, at now: Double) -> Bool {
    switch step {
    case .send, .list: isLate(now)
    case .pause(let time, let wait): wait != .answer && isLate(time)
    case .store, .finished: false
    }
  }

  private func isLate(_ time: Double) -> Bool { policy.deadline.map { time > $0 } ?? false }

  private mutating func haltAtDeadline() {
    halt(RunError(.limited, "the deadline has passed"), isHard: true)
  }

  /// The number of the first write of the open call that carries out this write.
  func firstWrite(ofCallWith number: Int) -> Int {
    openCalls.first { $0.writes.contains { $0.number == number } }?.number ?? number
  }

  func storing() -> Step? { pending.isEmpty ? nil : .store(pending) }

  var openCalls: ArraySlice<ExecutorCall> { calls[firstOpen..<nextCall] }

  /// Step of the first open call that has one; calls are sent in order.
  mutating func openStep(at now: Double) -> Step? {
    for call in openCalls {
      switch call.phase {
      case .ready(let time): return sending(call, notBefore: max(time, paceAllows), at: now)
      case .listing where mustWaitForCreates(call): return .pause(until: .infinity, .answer)
      case .listing(let time):
        return time > now ? .pause(until: time, wait(of: call, until: time)) : .list(listQuery)
      default: continue
      }
    }
    return nil
  }

  private func wait(of call: ExecutorCall, until time: Double) -> Wait {
    let mayStillBeWorking =
      call.write.creates && call.conflict == nil
      && time <= call.sentAt + Self.secondsBeforeReconciling
    return mayStillBeWorking ? .giveUp(call.trouble) : .reconciliation(call.trouble)
  }

  /// `true` iff a create in flight could be mistaken for the result of this create.
  private func mustWaitForCreates(_ call: ExecutorCall) -> Bool {
    call.write.creates && openCalls.contains { $0.isFlying && $0.write.creates }
  }

  private func sending(_ call: ExecutorCall, notBefore time: Double, at now: Double) -> Step {
    if openCalls.filter(\.isFlying).count >= Self.maxInFlight {
      return .pause(until: .infinity, .answer)
    }
    guard time > now else { return .send(number: call.number, call.planned.call) }
    return .pause(until: time, call.isTroubled ? .retry(call.trouble) : .pace)
  }

  /// Query of the list that resolves doubt. It includes runtime users' connections, so that they are not
  /// reported missing, except when looking for a new connection, which is never one of theirs.
  var listQuery: ListQuery {
    var query = ListQuery()
    let listing = openCalls.first(where: \.isListing)
    query.includesRuntimeConnections =
      !isWaitingForKnown && listing?.write.creates != true
    query.includesTags = openCalls.contains { $0.write.readsTags }
    return query
  }
}
