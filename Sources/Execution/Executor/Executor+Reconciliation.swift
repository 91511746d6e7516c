import API
import Evaluation
import JSON
import Language
import Planning

/// What lists tell of calls in doubt.
extension Executor {
  mutating func listed(_ result: Result<[Connection], ClientError>, at now: Double) {
    let connections: [Connection]
    switch result {
    case .success(let answer): connections = answer
    case .failure(let error): return listFailed(error)
    }
    if isWaitingForKnown { return takeKnown(connections) }
    if let place = openRows.firstIndex(where: \.isListing) {
      return reconcile(place, connections, at: now)
    }
    for place in openRows.indices { confirm(place, connections) }
  }

  private mutating func takeKnown(_ connections: [Connection]) {
    isWaitingForKnown = false
    known = Set(connections.map(\.id))
    if !journalIsBroken { pending.append(.known(connections.map(\.id).sorted())) }
  }

  private mutating func listFailed(_ error: ClientError) {
    halt(RunError(error))
    isWaitingForKnown = false
    for place in openRows.indices {
      switch rows[place].phase {
      case .listing: settleInDoubt(place)
      case .confirming: settle(place, .unconfirmed)
      default: continue
      }
    }
  }

  // MARK: Reconciliation

  private mutating func reconcile(_ place: Int, _ connections: [Connection], at now: Double) {
    if case .create(let fields) = rows[place].write.call {
      return lookForCreated(place, fields, connections, at: now)
    }
    let write = rows[place].write
    switch Reconciliation.verdict(on: write, in: connections, ignoringTime: isStale(write)) {
    case .applied(let connection):
      settle(place, Outcome(.done, Reconciliation.found, connection: connection))
    case .untouched: sendAgain(place, orElse: "not done, and sent too often", at: now)
    case .drifted: drifted(place)
    case .untold: settle(place, Outcome(.unknown, Reconciliation.untold))
    case .missing: settle(place, Outcome(.gone, "the connection does not exist"))
    }
  }

  /// Somebody else wrote: instead, or over what was done. The call in doubt may still be done until
  /// the server has given it up.
  private mutating func drifted(_ place: Int) {
    guard isCertain(rows[place]) else { return listAgain(place) }
    settle(place, Outcome(.unknown, Reconciliation.overwritten))
  }

  /// `true` iff the list was asked for after the server had given the call up.
  private func isCertain(_ row: ExecutorRow) -> Bool {
    listAskedAt >= row.sentAt + Self.secondsBeforeReconciling
  }

  private mutating func listAgain(_ place: Int) {
    rows[place].phase = .listing(
      notBefore: rows[place].sentAt + Self.secondsBeforeReconciling)
  }

  private func isStale(_ write: PlannedWrite) -> Bool {
    write.call.id.map(staleIDs.contains) ?? false
  }

  private mutating func lookForCreated(
    _ place: Int, _ fields: [RequestBody.Member], _ connections: [Connection], at now: Double
  ) {
    let sentAfter = sentAfter(rows[place])
    let found = Reconciliation.candidates(fields, in: connections, knowing: known ?? [])
      .filter { $0.age(against: sentAfter) != .older }
    switch found.count {
    case 0: absent(place, at: now)
    case 1: judge(place, fields, found[0])
    default:
      let ids = found.map { String($0.id) }.joined(separator: ", ")
      halt(RunError(.limited, "a create may have made one of several: \(ids)"))
      settle(place, Outcome(.unknown, "several connections look like it: \(ids)"))
    }
  }

  /// Takes a connection for what a create has made only where nothing else can have made it.
  private mutating func judge(
    _ place: Int, _ fields: [RequestBody.Member], _ found: Connection
  ) {
    let isNamed = !Reconciliation.identifying(fields).isEmpty
    guard isNamed || found.age(against: sentAfter(rows[place])) == .newer else {
      return leave(place, "connection \(found.id) looks like it, but may be somebody else's")
    }
    guard !rivals(of: place).contains(where: { Reconciliation.matches($0, found) }) else {
      return leave(place, "connection \(found.id) may be another create's of this run")
    }
    settle(place, Outcome(.done, Reconciliation.found, connection: found.asListed))
  }

  /// The call was sent no earlier, by the server's clock; `nil` where that is not known.
  private func sentAfter(_ row: ExecutorRow) -> Timestamp? {
    row.isRecalled ? row.recordedServerTime : serverTime(at: row.sentAt)
  }

  private mutating func leave(_ place: Int, _ reason: String) {
    halt(RunError(.limited, "it is not known what a create has made: \(reason)"))
    settle(place, Outcome(.unknown, reason))
  }

  /// What the other creates in doubt were to make. Those that are alike in all may be taken for each
  /// other.
  private func rivals(of place: Int) -> [[RequestBody.Member]] {
    rows.compactMap { row in
      guard case .create(let fields) = row.write.call, row.number != rows[place].number,
        row.write.call != rows[place].write.call, isInDoubt(row)
      else { return nil }
      return fields
    }
  }

  private func isInDoubt(_ row: ExecutorRow) -> Bool {
    switch row.phase {
    case .idle: history[row.number].map { ($0.outcome?.kind ?? .unknown) == .unknown } ?? false
    case .settled(let outcome), .closed(let outcome): outcome.kind == .unknown
    default: row.doubt != nil
    }
  }

  /// What is absent twice was not made.
  private mutating func absent(_ place: Int, at now: Double) {
    rows[place].absences += 1
    if rows[place].absences < 2 {
      rows[place].phase = .listing(notBefore: now + Self.secondsBetweenAbsences)
    } else {
      rows[place].absences = 0
      sendAgain(place, orElse: "not created", at: now)
    }
  }

  /// Nothing was done so far; for certain only once the server has given the call up.
  private mutating func sendAgain(_ place: Int, orElse words: String, at now: Double) {
    let row = rows[place]
    let reason = row.doubt?.reason ?? "no answer"
    let isCertain = isCertain(row)
    if isCertain { rows[place].doubt = nil }
    if case .reconcile(let limit) = RecoveryAction.to(.unknown, of: row.write.call.kind),
      row.resends < limit, stop == nil
    {
      rows[place].resends += 1
      return intend(place, at: now)
    }
    if isCertain { return settle(place, Outcome(.failed, "\(words): \(reason)")) }
    if stop != nil { return settleInDoubt(place) }
    listAgain(place)
  }

  // MARK: Confirmation by a list

  /// A success without a word is believed once the list agrees.
  private mutating func confirm(_ place: Int, _ connections: [Connection]) {
    guard case .confirming(let outcome) = rows[place].phase else { return }
    let present = connections.first { $0.id == rows[place].write.call.id }
    let isDone: Bool
    if case .delete = rows[place].write.call {
      isDone = present == nil
    } else {
      isDone = present?.member("authorization_status")?.string == nil
    }
    settle(
      place, isDone ? outcome : Outcome(.unknown, "the answer was empty, and the list disagrees"))
  }
}

extension ExecutorRow {
  var isListing: Bool { if case .listing = phase { true } else { false } }
}

/// Reads from a list whether a call in doubt was done.
enum Reconciliation {
  static let found = "its answer was lost; the list shows it"
  static let overwritten =
    "its answer was lost; somebody changed the connection, perhaps after it was done"
  static let untold = "its answer was lost; the list does not tell whether it was done"

  enum Verdict {
    case applied(Connection)
    case untouched
    /// Neither as before nor as wanted.
    case drifted
    case missing
    /// Changed, perhaps by somebody else: what was wanted is not in a list.
    case untold
  }

  /// Compares what an update names, and the time of the last change.
  static func verdict(
    on write: PlannedWrite, in connections: [Connection], ignoringTime: Bool
  ) -> Verdict {
    guard case .update(let id, let fields) = write.call,
      let present = connections.first(where: { $0.id == id })
    else { return .missing }
    let wanted = fields.map { $0.isHeld(by: present) }
    let isHidden = wanted.contains(nil)
    let before = fields.compactMap { $0.name }.allSatisfy { name in
      sameValue(name, present, write.connection)
    }
    let isTouched = !ignoringTime && !sameValue("updated_at", present, write.connection)
    // What was so before is no sign that the rest was done.
    let isTelling = !isHidden || fields.contains { isNews($0, to: write.connection) }
    if isTelling, !wanted.contains(false) { return .applied(present) }
    if isHidden, !isTelling, ignoringTime { return .untold }
    if before, !isTouched { return .untouched }
    return isHidden ? .untold : .drifted
  }

  private static func isNews(_ field: RequestBody.Member, to connection: Connection?) -> Bool {
    connection.map { field.isHeld(by: $0) == false } ?? false
  }

  private static func sameValue(_ name: String, _ one: Connection, _ other: Connection?) -> Bool {
    guard let field = Field.named(name), field.origin == .answer, let other else { return true }
    return (try? one.value(of: field)) == (try? other.value(of: field))
  }

  /// The connections that a create may have made: with its external id, or else with its name,
  /// application and folder; and not there before.
  static func candidates(
    _ fields: [RequestBody.Member], in connections: [Connection], knowing known: Set<Int64>
  ) -> [Connection] {
    connections.filter { !known.contains($0.id) && matches(fields, $0) }
  }

  static func identifying(_ fields: [RequestBody.Member]) -> [RequestBody.Member] {
    fields.filter { $0.name == "external_id" && $0.value.shown != .null }
  }

  static func matches(_ fields: [RequestBody.Member], _ connection: Connection) -> Bool {
    let telling = fields.filter { ["name", "provider", "folder_id"].contains($0.name) }
    let identifying = identifying(fields)
    return (identifying.isEmpty ? telling : identifying)
      .allSatisfy { $0.isHeld(by: connection) ?? true }
  }
}
