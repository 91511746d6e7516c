import API
import ConnectionsClient
import Evaluation
import JSON
import Language
import Planning

/// Carries out confirmed writes: a state machine that has no effect of its own. It is asked for the
/// next step, and told what came of it; so the same code runs against the network and under a
/// simulated clock, disk and server.
///
/// Source: the rules are those of the table of ``RecoveryAction``.
package struct Executor: Sendable {
  /// What is to be done next.
  package enum Step: Sendable {
    /// Append the records to the journal, and make them durable: then `stored` or `storeFailed`.
    case store([JournalRecord])
    /// Send the call if the pace permits it: then `sent` and later `answered`, or `notBefore`.
    case send(number: Int, WriteCall)
    /// Ask for the list: then `listed`.
    case list(ListQuery)
    /// Nothing is to be done until then, or until an answer comes.
    case pause(until: Double, Wait)
    case finished
  }

  /// What is waited for.
  package enum Wait: Hashable, Sendable {
    case answer
    case pace
    /// A call is sent again.
    case retry(String)
    /// The list is to show whether a call was done.
    case reconciliation(String)
  }

  package enum Event: Sendable {
    case stored
    case storeFailed(String)
    case sent(number: Int)
    case notBefore(Double)
    case answered(number: Int, CallResult)
    case listed(Result<[Connection], ClientError>)
    /// No further call is wanted; those in flight are waited for.
    case interrupted
  }

  static let mostInFlight = RateLimiter.mostInFlight
  /// The server gives up on a request after 40 s; what is absent a minute later was not done.
  static let secondsBeforeReconciling = 60.0
  static let secondsBetweenAbsences = 30.0
  /// A list confirms so many answers without a word at once.
  static let mostUnconfirmed = 50
  /// More than the rounding of times, so that a wait is never too short to be one.
  static let shortestWait = 0.001

  let policy: ExecutionPolicy
  var random: SplitMix64
  var budget = RetryBudget()
  var history: [Int: RecordedWrite]
  /// Why no further call is sent.
  package internal(set) var stop: RunError?
  /// Nothing is waited for any more but the answers of the calls in flight.
  var isHardStop = false
  package internal(set) var tally = Tally()
  var problems = ProblemList()
  var failuresInARow = 0
  var refusalsInARow = 0
  /// The ids that there were before the first create, and those created since.
  var known: Set<Int64>?
  /// Connections that this run changed without being told when.
  var staleIDs: Set<Int64> = []
  /// What is to be added to a time for the server's, in seconds since 1970, at least.
  package var serverOffset: Double?
  var journalIsBroken = false
  /// Connections that somebody else changed since the plan was confirmed.
  var changedMeanwhile: Set<Int64> = []
  /// Those that this run has written to.
  var touched: Set<Int64> = []
  var drifted = 0

  var allowance = WriteAllowance()
  var rows: [ExecutorRow] = []
  /// The first row that has not begun.
  var nextRow = 0
  /// The rows before it are closed.
  var firstOpen = 0
  var numbersGiven = 0
  var pending: [JournalRecord] = []
  var paceAllows = 0.0
  var isWaitingForKnown = false
  /// When the list was asked for last: what came later it does not show.
  var listAskedAt = 0.0
  /// What was closed since it was last asked for.
  var closed: [ExecutorRow] = []

  package init(
    policy: ExecutionPolicy = ExecutionPolicy(), seed: UInt64,
    history: [Int: RecordedWrite] = [:], known: Set<Int64>? = nil
  ) {
    self.policy = policy
    self.random = SplitMix64(seed: seed)
    self.history = history
    self.known = known
    noteCreated()
  }

  /// What the journal says was created is no candidate for another create.
  private mutating func noteCreated() {
    for case let outcome? in history.values.map(\.outcome)
    where outcome.kind == .done {
      guard let id = outcome.connection?["id"]?.int else { continue }
      known?.insert(id)
    }
  }

  /// No later than what the server's clock shows.
  func serverTime(at now: Double) -> Timestamp? {
    serverOffset.map { Timestamp(microseconds: Int64((now + $0) * 1e3) * 1_000) }
  }

  /// Permits the writes of a confirmed plan, and no others.
  mutating func permit(_ writes: [PlannedWrite]) { allowance.add(writes) }

  /// Takes up the writes of one stage; those before have all come to their outcomes. `numbers` are
  /// their places in the run, rising; without them they follow those before. What is `known` of some
  /// by their numbers, is their outcome: they are not sent.
  package mutating func begin(
    _ writes: [PlannedWrite], numbers: [Int]? = nil, known: [Int: Outcome] = [:]
  ) {
    let numbers = numbers ?? Array((numbersGiven + 1)..<(numbersGiven + 1 + writes.count))
    rows = zip(writes, numbers).map { ExecutorRow($0, number: $1, known: known[$1]) }
    numbersGiven = max(numbersGiven, numbers.last ?? 0)
    nextRow = 0
    firstOpen = 0
  }

  /// What became of the writes, in their order; those that were not begun were not tried.
  package var outcomes: [Outcome] {
    rows.map { row in
      if case .closed(let outcome) = row.phase { return outcome }
      return left(row)
    }
  }

  /// Returns the rows that have been closed since the last call.
  mutating func takeClosed() -> [ExecutorRow] {
    defer { closed = [] }
    return closed
  }

  // MARK: The next step

  package mutating func next(at now: Double) -> Step {
    if isLate(now), nextRow < rows.count { haltAtDeadline() }
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
    if stop != nil, case let step = settleUnsent(), let step { return step }
    if isWaitingForKnown, !isHardStop { return .list(listQuery) }
    if let step = openStep(at: now) { return step }
    if unconfirmed >= Self.mostUnconfirmed { return .list(listQuery) }
    if let step = beginNext(at: now) { return step }
    if openRows.contains(where: \.isFlying) { return .pause(until: .infinity, .answer) }
    return unconfirmed > 0 ? .list(listQuery) : .finished
  }

  private var unconfirmed: Int { openRows.count(where: \.isConfirming) }

  /// Nothing is sent or asked for behind the deadline, nor is anything waited for that is to be.
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

  func storing() -> Step? { pending.isEmpty ? nil : .store(pending) }

  var openRows: ArraySlice<ExecutorRow> { rows[firstOpen..<nextRow] }

  /// The step of the first row that has one: calls leave in their order.
  mutating func openStep(at now: Double) -> Step? {
    for row in openRows {
      switch row.phase {
      case .ready(let time): return sending(row, notBefore: max(time, paceAllows), at: now)
      case .listing where mustWaitForCreates(row): return .pause(until: .infinity, .answer)
      case .listing(let time):
        return time > now
          ? .pause(until: time, .reconciliation(row.trouble)) : .list(listQuery)
      default: continue
      }
    }
    return nil
  }

  /// What a create in flight makes must not be taken for what another one has made.
  private func mustWaitForCreates(_ row: ExecutorRow) -> Bool {
    row.write.call.isCreate && openRows.contains { $0.isFlying && $0.write.call.isCreate }
  }

  private func sending(_ row: ExecutorRow, notBefore time: Double, at now: Double) -> Step {
    if openRows.filter(\.isFlying).count >= Self.mostInFlight {
      return .pause(until: .infinity, .answer)
    }
    guard time > now else { return .send(number: row.number, row.write.call) }
    return .pause(until: time, row.isTroubled ? .retry(row.trouble) : .pace)
  }

  /// A runtime user's connection is no reason to call another one missing, nor to take it for one
  /// that was just created.
  var listQuery: ListQuery {
    var query = ListQuery()
    let listing = openRows.first(where: \.isListing)
    query.includesRuntimeConnections =
      !isWaitingForKnown && listing?.write.call.isCreate != true
    return query
  }
}
