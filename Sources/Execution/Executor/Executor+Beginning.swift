import API
import Evaluation
import JSON
import Planning

/// Starts the calls of a stage one by one, and picks up those that the journal already holds.
extension Executor {
  /// Starts the writes of one stage of a confirmed plan; all earlier ones must have outcomes. Writes
  /// whose number is in `known` get that outcome and are not sent.
  package mutating func begin(_ writes: [PlannedWrite], known: [Int: Outcome] = [:]) {
    numbers = writes.map(\.number)
    calls = []
    nextCall = 0
    firstOpen = 0
    var last: [Past: Int] = [:]
    for write in writes {
      let past = known[write.number] == nil ? past(write) : .settled
      if past != .settled, let index = last[past], calls[index].planned.add(write) { continue }
      last[past] = calls.count
      calls.append(ExecutorCall(PlannedCall(write), known: known[write.number]))
    }
  }

  /// The part of a write's history that decides how it begins; a call has writes with the same one.
  private enum Past: Hashable {
    case none, settled
    /// An attempt is in doubt.
    case doubted
    /// Every attempt so far is known to have had no effect.
    case unapplied
  }

  private func past(_ write: PlannedWrite) -> Past {
    guard let recorded = history[write.number] else { return .none }
    guard let outcome = recorded.outcome else { return .doubted }
    return outcome.isFinal ? .settled : outcome.kind == .unknown ? .doubted : .unapplied
  }

  /// Divides a call into one for each value of `key`; returns their indices.
  mutating func divide<Key: Hashable>(_ index: Int, by key: (PlannedWrite) -> Key)
    -> [(key: Key, index: Int)]
  {
    let parts = calls[index].divided(by: key)
    // Nearly every call stays whole; to replace a part of an array may copy all of it.
    guard parts.count > 1 else { return parts.map { ($0.0, index) } }
    calls.replaceSubrange(index...index, with: parts.map(\.1))
    nextCall += parts.count - 1
    return parts.indices.map { (parts[$0].0, index + $0) }
  }

  mutating func beginNext(at now: Double) -> Step? {
    if isLookingUp { skipToDoubt() }
    while stop == nil || isLookingUp, nextCall < calls.count {
      guard !openCalls.contains(where: \.isTroubled),
        openCalls.filter(\.isFlying).count < Self.maxInFlight
      else { return nil }
      if calls[nextCall].write.creates, calls[nextCall].known == nil, known == nil {
        isWaitingForKnown = true
        return .list(listQuery)
      }
      nextCall += 1
      begin(nextCall - 1, at: now)
      if let step = storing() ?? openStep(at: now) { return step }
      if isLookingUp { skipToDoubt() }
    }
    return nil
  }

  private mutating func skipToDoubt() {
    while nextCall < calls.count, !isInDoubt(calls[nextCall]) { nextCall += 1 }
  }

  private mutating func begin(_ index: Int, at now: Double) {
    let call = calls[index]
    if let known = call.known { return close(index, known) }
    let recorded = call.writes.compactMap { history[$0.number] }
    guard let last = recorded.last else { return beginAnew(index, at: now) }
    let pairs = zip(call.writes, recorded)
    if let other = pairs.first(where: { !$1.intent.isSameCall(as: Intent($0, attempt: 1)) }) {
      halt(.otherThanRecorded(other.0.number))
      return close(index, Outcome(.skipped, "not tried: doesn't match the journal"))
    }
    calls[index].attempts = recorded.map(\.intent.attempt).max() ?? 0
    resume(index, last, at: now)
  }

  private mutating func beginAnew(_ index: Int, at now: Double) {
    for part in divide(index, by: isDrifted) {
      guard part.key else {
        intend(part.index, at: now)
        continue
      }
      drifted += calls[part.index].writes.count
      close(
        part.index, Outcome(.skipped, "drifted: somebody changed it after the run started"))
    }
  }

  private func isDrifted(_ write: PlannedWrite) -> Bool {
    write.id.map { changedMeanwhile.contains($0) && !touched.contains($0) } ?? false
  }

  /// Continues a call from the last journal record of its last write.
  private mutating func resume(_ index: Int, _ recorded: RecordedWrite, at now: Double) {
    touched.formUnion(calls[index].writes.compactMap(\.id))
    calls[index].wasSent = true
    calls[index].isRecalled = true
    calls[index].isResumed = true
    calls[index].planned.replaceWrites { [history] write in
      let before = history[write.number]?.intent.before.flatMap { Connection(.object($0)) }
      return before.map(write.on) ?? write
    }
    // The journal's send time can't be trusted: the clock may have been set since then.
    calls[index].sentAt = now
    calls[index].recordedServerTime = recorded.intent.serverTime
    switch recorded.outcome {
    case let outcome? where outcome.isFinal: close(index, outcome.outcome)
    case let outcome? where outcome.kind != .unknown: intend(index, at: now)
    default:
      calls[index].doubt = UnknownReason(.broken, "the run ended before the answer was recorded")
      resolve(index, at: now)
    }
  }

  /// Queues the intent records that must be on disk before the call is sent. `reason` is why it is sent
  /// again.
  mutating func intend(
    _ index: Int, at now: Double, notBefore time: Double = 0, because reason: String? = nil
  ) {
    calls[index].attempts += 1
    let call = calls[index]
    guard !journalIsBroken else { return concludeInDoubt(index) }
    if let id = call.write.id, call.write.definition.lifecycle == .ends { created.remove(id) }
    let serverTime =
      call.write.creates || call.write.testsLogin ? self.serverTime(at: now) : nil
    pending += call.writes.map { write in
      var intent = Intent(write, attempt: call.attempts)
      intent.serverTime = serverTime
      intent.reason = reason ?? call.doubt?.reason
      return .intent(intent)
    }
    calls[index].phase = .intending(notBefore: time)
  }
}

extension RunError {
  fileprivate static func otherThanRecorded(_ number: Int) -> RunError {
    RunError(
      .stalePlan, "write \(number) doesn't match the journal of this run",
      help: "the script, its files or its environment have changed: start a new run")
  }
}
