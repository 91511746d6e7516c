import API
import Evaluation
import JSON
import Language
import Planning

/// Decides from list answers whether calls in doubt were done.
extension Executor {
  mutating func listed(_ result: Result<ConnectionList, ClientError>, at now: Double) {
    let list: ConnectionList
    switch result {
    case .success(let answer): list = checked(answer)
    case .failure(let error): return listFailed(error)
    }
    if isWaitingForKnown { return recordKnown(list) }
    if let index = openCalls.firstIndex(where: \.isListing) {
      return reconcile(index, list, at: now)
    }
    for number in openCalls.filter(\.isConfirming).map(\.number) {
      confirm(index(of: number), list, at: now)
    }
  }

  /// Returns the list, in doubt if it lacks a connection that this run created.
  func checked(_ list: ConnectionList) -> ConnectionList { list.requiring(created) }

  private mutating func recordKnown(_ list: ConnectionList) {
    isWaitingForKnown = false
    let known = KnownIDs(list.connections.map(\.id), doubt: list.doubt)
    self.known = known
    if !journalIsBroken { pending.append(.known(known)) }
  }

  private mutating func listFailed(_ error: ClientError) {
    halt(RunError(error))
    isWaitingForKnown = false
    for index in openCalls.indices {
      switch calls[index].phase {
      case .listing: concludeInDoubt(index)
      case .confirming: conclude(index, .unconfirmed)
      default: continue
      }
    }
  }

  // MARK: Reconciliation

  private mutating func reconcile(_ index: Int, _ list: ConnectionList, at now: Double) {
    let write = calls[index].write
    switch write.definition.proof {
    case .newConnection: lookForCreated(index, write.members, list, at: now)
    case .fields: compare(index, list, at: now)
    case .contents(let isHeld):
      for (verdict, index) in verdicts(on: index, in: list, isHeld) {
        settle(index, verdict, at: now)
      }
    case .state(let isHeld): lookAtState(index, list, isHeld)
    }
  }

  /// Settles a call that would be sent again rather than looked for, if nothing may be sent.
  private mutating func lookAtState(
    _ index: Int, _ list: ConnectionList, _ isHeld: (Connection?) -> Bool
  ) {
    let write = calls[index].write
    let present = list.connections.first { $0.id == write.id }
    guard isHeld(present), !isHeld(write.connection), present != nil || list.isComplete else {
      return concludeInDoubt(index)
    }
    concludeFound(index) { $0.effect(answer: nil) }
  }

  /// Records writes as done, because a list shows it.
  mutating func concludeFound(_ index: Int, _ connection: (PlannedWrite) -> Connection?) {
    let remark = Reconciliation.found(after: calls[index].doubt)
    conclude(index) { Outcome(.done, remark, connection: connection($0)) }
  }

  private mutating func compare(_ index: Int, _ list: ConnectionList, at now: Double) {
    let write = calls[index].write
    let isStale = write.id.map(staleIDs.contains) ?? false
    switch Reconciliation.verdict(
      on: write, in: list.connections, ignoringTime: isStale,
      sentAfter: firstSend(of: calls[index]))
    {
    case .applied(let connection): concludeFound(index) { _ in connection }
    case .untouched: sendAgain(index, orElse: "not done, and no retries are left", at: now)
    case .drifted: drifted(index)
    case .untold: conclude(index, Outcome(.unknown, Reconciliation.untold))
    case .missing: conclude(index, .missing(doubt: list.doubt))
    }
  }

  /// Settles a row that somebody else changed, either instead of this write or on top of it. Until the
  /// server must have given up on the call, it may still be applied, so the list is read again.
  private mutating func drifted(_ index: Int) {
    guard isCertain(calls[index]) else { return listAgain(index) }
    conclude(index, Outcome(.unknown, Reconciliation.overwritten))
  }

  /// `true` iff the list was requested after the server must have given up on the call.
  private func isCertain(_ call: ExecutorCall, lag: Double = 0) -> Bool {
    listAskedAt >= call.sentAt + Self.secondsBeforeReconciling + lag
  }

  private mutating func listAgain(_ index: Int, lag: Double = 0) {
    calls[index].phase = .listing(
      notBefore: calls[index].sentAt + Self.secondsBeforeReconciling + lag)
  }

  private mutating func lookForCreated(
    _ index: Int, _ fields: [RequestBody.Member], _ list: ConnectionList, at now: Double
  ) {
    let call = calls[index]
    let found = list.connections.filter {
      known?.ids.contains($0.id) != true && Reconciliation.matches(fields, $0)
        && age(of: $0, comparedTo: call) != .older
    }
    switch found.count {
    case 0: absent(index, from: list, at: now)
    case 1: judge(index, fields, found[0], list.doubt)
    default:
      let ids = found.map { String($0.id) }.joined(separator: ", ")
      halt(RunError(.limited, "a create may have made any of several connections: \(ids)"))
      conclude(index, Outcome(.unknown, "several connections match: \(ids)"))
    }
  }

  /// Adopts a connection as the result of a create only if nothing else can have made it, and the
  /// create can't have made another that the list doesn't show yet.
  private mutating func judge(
    _ index: Int, _ fields: [RequestBody.Member], _ found: Connection, _ doubt: String?
  ) {
    guard isCertain(calls[index], lag: Self.secondsBetweenLists) else {
      return listAgain(index, lag: Self.secondsBetweenLists)
    }
    if let doubt {
      return leave(
        index, "connection \(found.id) matches, but the list may be incomplete: \(doubt)")
    }
    let isNamed = known?.doubt == nil && !Reconciliation.identifying(fields).isEmpty
    guard isNamed || age(of: found, comparedTo: calls[index]) == .newer else {
      return leave(index, "connection \(found.id) matches, but may be somebody else's")
    }
    guard !rivals(of: index).contains(where: { Reconciliation.matches($0, found) }) else {
      return leave(index, "another create of this run may have made connection \(found.id)")
    }
    concludeFound(index) { _ in found.asListed }
  }

  /// The earliest time, by the server's clock, at which the call was sent; `nil` if unknown.
  private func firstSend(of call: ExecutorCall) -> Timestamp? {
    call.isResumed ? call.recordedServerTime : call.sends.first.flatMap(serverTime)
  }

  /// Compares the creation time with the sends of a create, each of which may have made the connection.
  func age(of connection: Connection, comparedTo call: ExecutorCall) -> Age {
    let times =
      (call.isResumed ? [call.recordedServerTime] : []) + call.sends.map { serverTime(at: $0) }
    let ages = times.map { connection.age(against: $0) }
    if ages.contains(.newer) { return .newer }
    return ages.allSatisfy { $0 == .older } ? .older : .open
  }

  private mutating func leave(_ index: Int, _ reason: String) {
    halt(RunError(.limited, "can't tell what a create made: \(reason)"))
    conclude(index, Outcome(.unknown, reason))
  }

  /// The fields of the other creates in doubt. Creates with identical fields are left out: it does not
  /// matter which of them made which connection.
  private func rivals(of index: Int) -> [[RequestBody.Member]] {
    calls.compactMap { call in
      guard call.write.creates, call.number != calls[index].number,
        call.write.members != calls[index].write.members, isInDoubt(call)
      else { return nil }
      return call.write.members
    }
  }

  func isInDoubt(_ call: ExecutorCall) -> Bool {
    switch call.phase {
    case .idle: history[call.number].map { ($0.outcome?.kind ?? .unknown) == .unknown } ?? false
    case .concluded(let outcomes), .closed(let outcomes):
      outcomes.contains { $0.kind == .unknown }
    default: call.doubt != nil
    }
  }

  /// Counts an absence from a list. A create that is absent twice was not applied; if a list may be
  /// incomplete, another one must show it, and a second such list leaves the create in doubt.
  private mutating func absent(_ index: Int, from list: ConnectionList, at now: Double) {
    if let doubt = list.doubt {
      calls[index].unprovenAbsences += 1
      if calls[index].unprovenAbsences >= 2 { return leaveUnseen(index, doubt) }
    } else {
      calls[index].absences += 1
    }
    guard calls[index].absences >= 2 else {
      return calls[index].phase = .listing(notBefore: now + Self.secondsBetweenLists)
    }
    (calls[index].absences, calls[index].unprovenAbsences) = (0, 0)
    sendAgain(index, orElse: "not created", at: now)
  }

  private mutating func leaveUnseen(_ index: Int, _ doubt: String) {
    let reason = calls[index].doubt?.reason ?? "no answer"
    leave(index, "\(reason); the list doesn't show it, but may be incomplete: \(doubt)")
  }

  /// Sends a call again that has had no effect so far. Only after the server must have given up on
  /// the earlier attempt is the doubt about it over.
  mutating func sendAgain(_ index: Int, orElse failure: String, at now: Double) {
    let call = calls[index]
    let reason = call.doubt?.reason ?? "no answer"
    let isCertain = isCertain(call)
    if isCertain || call.conflict != nil { calls[index].doubt = nil }
    if let conflict = call.conflict { return conclude(index, after: conflict) }
    if stop == nil, case .reconcile(let limit) = RecoveryAction.to(.unknown, of: call.kind),
      mayResend(index, limit, at: now)
    {
      return intend(index, at: now, because: reason)
    }
    if isCertain {
      return conclude(index, isFinal: !isLookingUp) { _ in
        Outcome(.failed, "\(failure): \(reason)")
      }
    }
    if stop != nil { return concludeInDoubt(index) }
    listAgain(index)
  }
}

/// Compares a call in doubt with the connections of a list.
enum Reconciliation {
  private static let shown = "the list shows the change"

  /// The remark on a write that a list shows to be done. An error of the server is named with its id.
  static func found(after doubt: UnknownReason?) -> String {
    guard let doubt, doubt.status.map({ $0 >= 400 }) ?? false else {
      return "the answer was lost; \(shown)"
    }
    return "\(doubt.reason); \(shown)"
  }

  static let overwritten =
    "the answer was lost; somebody else changed the connection, perhaps afterwards"
  static let untold = "the answer was lost; the list can't show whether it was done"

  enum Verdict {
    case applied(Connection)
    case untouched
    /// The connection is neither as before nor as wanted.
    case drifted
    case missing
    /// Changed, but perhaps by somebody else: a list does not show the fields that were sent.
    case untold
  }

  /// Compares the fields that an update sets, and `updated_at` unless `ignoringTime`. A login since
  /// the call was sent shows that credentials were saved.
  static func verdict(
    on write: PlannedWrite, in connections: [Connection], ignoringTime: Bool,
    sentAfter: Timestamp?
  ) -> Verdict {
    guard let present = connections.first(where: { $0.id == write.id }) else { return .missing }
    let fields = write.members
    let wanted = fields.map { $0.isHeld(by: present) }
    let isHidden = wanted.contains(nil)
    let before = fields.compactMap { $0.name }.allSatisfy { name in
      sameValue(name, present, write.connection)
    }
    let isTouched = !ignoringTime && !sameValue("updated_at", present, write.connection)
    // A field that already had the wanted value proves nothing about the others.
    let isTelling = !isHidden || fields.contains { isNews($0, to: write.connection) }
    if isTelling, !wanted.contains(false) { return .applied(present) }
    if isHidden, !wanted.contains(false), hasLoggedIn(present, since: sentAfter, write) {
      return .applied(present)
    }
    if isHidden, !isTelling, ignoringTime { return .untold }
    if before, !isTouched { return .untouched }
    return isHidden ? .untold : .drifted
  }

  /// `true` iff the list shows a login that is later than the call.
  private static func hasLoggedIn(
    _ present: Connection, since sent: Timestamp?, _ write: PlannedWrite
  ) -> Bool {
    guard let sent, write.testsLogin, let field = Field.named("authorized_at"),
      case .timestamp(let login)? = try? present.value(of: field)
    else { return false }
    return login >= sent && !sameValue("authorized_at", present, write.connection)
  }

  private static func isNews(_ field: RequestBody.Member, to connection: Connection?) -> Bool {
    connection.map { field.isHeld(by: $0) == false } ?? false
  }

  static func sameValue(_ name: String, _ one: Connection, _ other: Connection?) -> Bool {
    guard let field = Field.named(name), field.origin == .answer, let other else { return true }
    return (try? one.value(of: field)) == (try? other.value(of: field))
  }

  static func identifying(_ fields: [RequestBody.Member]) -> [RequestBody.Member] {
    fields.filter { $0.name == "external_id" && $0.value.shown != .null }
  }

  /// `true` iff the connection has every value that a create sets, as far as a list shows it.
  static func matches(_ fields: [RequestBody.Member], _ connection: Connection) -> Bool {
    fields.allSatisfy { $0.isHeld(by: connection) ?? true }
  }
}
