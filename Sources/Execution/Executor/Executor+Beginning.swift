import API
import Evaluation
import JSON
import Planning

/// Starts the writes of a stage one by one, and picks up those that the journal already holds.
extension Executor {
  mutating func beginNext(at now: Double) -> Step? {
    while stop == nil, nextCall < calls.count {
      guard !openCalls.contains(where: \.isTroubled),
        openCalls.filter(\.isFlying).count < Self.maxInFlight
      else { return nil }
      if calls[nextCall].isToBeCreated, known == nil {
        isWaitingForKnown = true
        return .list(listQuery)
      }
      nextCall += 1
      begin(nextCall - 1, at: now)
      if let step = storing() ?? openStep(at: now) { return step }
    }
    return nil
  }

  private mutating func begin(_ index: Int, at now: Double) {
    let call = calls[index]
    if let known = call.known { return close(index, known) }
    guard let recorded = history[call.number] else { return beginAnew(index, at: now) }
    guard recorded.intent.isSameCall(as: Intent(call.write, attempt: 1)) else {
      halt(.otherThanRecorded(call.number))
      return close(index, Outcome(.skipped, "not tried: doesn't match the journal"))
    }
    resume(index, recorded, at: now)
  }

  private mutating func beginAnew(_ index: Int, at now: Double) {
    if let id = calls[index].write.id, changedMeanwhile.contains(id), !touched.contains(id) {
      drifted += 1
      return close(
        index, Outcome(.skipped, "drifted: somebody changed it after the run started"))
    }
    intend(index, at: now)
  }

  /// Continues a call from its last journal record.
  private mutating func resume(_ index: Int, _ recorded: RecordedWrite, at now: Double) {
    if let id = calls[index].write.id { touched.insert(id) }
    calls[index].attempts = recorded.intent.attempt
    calls[index].wasSent = true
    calls[index].isRecalled = true
    if let before = recorded.intent.before.flatMap({ Connection(.object($0)) }) {
      calls[index].write = calls[index].write.on(before)
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

  /// Queues the intent record that must be on disk before the call is sent.
  mutating func intend(_ index: Int, at now: Double, notBefore time: Double = 0) {
    calls[index].attempts += 1
    let call = calls[index]
    guard !journalIsBroken else { return concludeInDoubt(index) }
    var intent = Intent(call.write, attempt: call.attempts)
    if call.write.creates { intent.serverTime = serverTime(at: now) }
    pending.append(.intent(intent))
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
