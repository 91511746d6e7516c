import API
import Evaluation
import Planning

/// Confirms answers that prove nothing by themselves, and judges calls that can change many
/// connections, each of which has an outcome of its own.
extension Executor {
  // MARK: Confirmation by a list

  /// Accepts a success without a connection once the list confirms it.
  mutating func confirm(_ index: Int, _ list: ConnectionList, at now: Double) {
    guard case .confirming(let attempt) = calls[index].phase else { return }
    let write = calls[index].write
    switch write.definition.proof {
    case .state(let isDone):
      let present = list.connections.first { $0.id == write.id }
      guard present != nil || list.isComplete else {
        return conclude(index, .missing(doubt: list.doubt))
      }
      let isShown = isDone(present)
      conclude(index) { isShown ? Outcome(attempt, of: $0) : .unproven }
    case .contents(let isHeld):
      for (verdict, index) in verdicts(on: index, in: list, isHeld) {
        confirm(index, verdict, attempt, at: now)
      }
    case .newConnection, .fields: conclude(index, .unproven)
    }
  }

  // MARK: Several connections

  /// The state of one connection in a list, compared with the write to it.
  enum Proof: Hashable {
    case held, lacking
    /// Not shown; the reason why the list may be incomplete, if it may be.
    case missing(doubt: String?)
  }

  /// Divides the call by what the list says about its writes.
  mutating func verdicts(
    on index: Int, in list: ConnectionList,
    _ isHeld: (Connection, [RequestBody.Member]) -> Bool
  ) -> [(key: Proof, index: Int)] {
    let listed = list.connections.byID
    return divide(index) { write in
      guard let present = write.id.flatMap({ listed[$0] }) else {
        return .missing(doubt: list.doubt)
      }
      return isHeld(present, write.members) ? .held : .lacking
    }
  }

  mutating func settle(_ index: Int, _ verdict: Proof, at now: Double) {
    switch verdict {
    case .held:
      concludeFound(index) { $0.effect(answer: nil) }
    case .missing(let doubt): conclude(index, .missing(doubt: doubt))
    case .lacking: sendAgain(index, orElse: "not done, and no retries are left", at: now)
    }
  }

  private mutating func confirm(
    _ index: Int, _ verdict: Proof, _ attempt: CallResult, at now: Double
  ) {
    switch verdict {
    case .held: conclude(index) { Outcome(attempt, of: $0) }
    case .missing(let doubt): conclude(index, .missing(doubt: doubt))
    case .lacking:
      guard case .reconcile(let limit) = RecoveryAction.to(.unknown, of: calls[index].kind),
        calls[index].resends < limit, stop == nil
      else { return conclude(index, .unproven) }
      calls[index].doubt = UnknownReason(.broken, Outcome.unproven.reason ?? "")
      calls[index].resends += 1
      intend(index, at: now, notBefore: now + backoff(calls[index].resends))
    }
  }
}

extension Outcome {
  /// The outcome of a write on a connection that the list doesn't show. `doubt` is the reason why the
  /// list may be incomplete, if it may be.
  static func missing(doubt: String?) -> Outcome {
    guard let doubt else { return Outcome(.gone, "the connection does not exist") }
    return Outcome(
      .unknown, "the list doesn't show the connection, but may be incomplete: \(doubt)")
  }

  fileprivate static let unproven = Outcome(
    .unknown, "the answer was empty, and the list doesn't confirm it")
}
