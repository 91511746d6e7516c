import API
import Planning

@testable import Evaluation
@testable import Execution

/// The invariants of a simulated run.
extension ExecutionSimulation {
  // MARK: Convergence

  func open(_ outcomes: [Outcome]) -> Outcome? {
    outcomes.first { $0.kind == .skipped || $0.kind == .unknown || $0.httpStatus == 401 }
  }

  /// `true` iff something is in doubt that no list can settle.
  func mayStayOpen(_ outcomes: [Outcome]) -> Bool {
    zip(writes, outcomes).contains { write, outcome in
      guard outcome.kind == .unknown else { return false }
      if write.creates { return isOpenToDoubt }
      return write.call.kind == .updateInput || (write.call.kind == .update && isMeddledWith)
    }
  }

  /// `true` iff a list may not show which connection a create has created.
  private var isOpenToDoubt: Bool {
    looksAlike || isMeddledWith || !hasDates || isTimeVague || isKnownVague || world.skew < 0
  }

  // MARK: What leaves

  /// Every write that is sent was planned, and is on disk.
  mutating func check(_ number: Int, _ call: WriteCall) {
    guard writes.indices.contains(number - 1), numbers(of: call, first: number) != nil else {
      return problems.append("write \(number) was not planned")
    }
    for number in numbers(of: call, first: number) ?? [] where !intended.contains(number) {
      problems.append("write \(number) leaves before its intent")
    }
  }

  /// The numbers of the writes that the call carries out; `nil` if they were not planned.
  private func numbers(of call: WriteCall, first: Int) -> [Int]? {
    guard call.kind == .tag else { return writes[first - 1].call == call ? [first] : nil }
    let numbers = call.ids.map(SimulatedWorld.number)
    let planned = numbers.map { writes[$0 - 1].call }
    let isPlanned =
      planned.map(\.ids) == call.ids.map { [$0] }
      && planned.allSatisfy { $0.tags == call.tags }
    return isPlanned && numbers.first == first ? numbers : nil
  }

  /// Every write that is sent is permitted after the answers so far.
  mutating func watch(_ number: Int) {
    if let reason = watch.reasonAgainst(number) { problems.append("write \(number): \(reason)") }
  }

  /// Untried writes wait until everything before them is settled.
  mutating func check(_ records: [JournalRecord], _ executor: Executor) {
    for case .known(let known) in records where known.doubt != nil { isKnownVague = true }
    for case .intent(let intent) in records where intent.attempt == 1 {
      if executor.openCalls.contains(where: { $0.number < intent.number && $0.isTroubled }) {
        problems.append("write \(intent.number) begins beside one in trouble")
      }
    }
  }

  mutating func checkDeadline() {
    if let deadline, now > deadline { problems.append("a call leaves behind the deadline") }
  }

  /// The reported outcomes agree with the effects.
  mutating func conclude(_ outcomes: [Outcome]) {
    world.applyDue()
    for (index, outcome) in outcomes.enumerated()
    where !(hasEqualCreates && writes[index].creates) {
      let count = world.applied[index + 1] ?? 0
      let message =
        "write \(index + 1), \(writes[index].call): \(outcome.kind.rawValue) (\(outcome.reason ?? "")), done \(count) times"
      switch outcome.kind {
      case .done where writes[index].creates:
        if !isRight(outcome.connection, for: index + 1) { problems.append(message) }
      case .done: if count == 0 { problems.append(message) }
      case .unknown: break
      // The reason that ended a run says nothing about the row; the next life tries it again.
      case .failed where outcome.httpStatus == 401: problems.append(message)
      default: if count > 0 { problems.append(message) }
      }
      if writes[index].creates, count > 1 { problems.append(message) }
    }
    if hasEqualCreates { concludeCreates(outcomes) }
    if now > Double(writes.count) * 3_600 { problems.append("it took \(now) s") }
  }

  /// `true` iff the write made the connection, or somebody made it behind the write's back: no
  /// earlier than it was about to leave, as far as clocks can tell.
  private func isRight(_ connection: Connection?, for number: Int) -> Bool {
    guard let id = connection?.id else { return false }
    // Without a time, an old connection that the list before lacked can't be told from a new one.
    guard let birth = world.births[id] else {
      return isKnownVague && (!hasDates || isTimeVague)
    }
    if birth.number == number { return true }
    return birth.number == nil && birth.time > (firstIntended[number] ?? now) - Self.clockError
  }

  /// A date has whole seconds, and came on a way of at most so many; the clocks differ.
  private static let clockError = 5.0

  /// Which of them made which connection is nobody's to know; but each is there once.
  private mutating func concludeCreates(_ outcomes: [Outcome]) {
    let indices = writes.indices.filter { writes[$0].creates }
    let made = indices.reduce(0) { $0 + (world.applied[$1 + 1] ?? 0) }
    let done = indices.filter { outcomes[$0].kind == .done }
    let doubtful = indices.filter { outcomes[$0].kind == .unknown }
    let ids = done.compactMap { outcomes[$0].connection?.id }
    let theirs = ids.count { world.births[$0]?.number == nil }
    if !((done.count - theirs)...(done.count + doubtful.count)).contains(made) {
      problems.append("\(made) connections of \(done.count) creates, \(doubtful.count) in doubt")
    }
    if Set(ids).count < done.count { problems.append("two creates have one connection: \(ids)") }
  }
}
