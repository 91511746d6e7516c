/// The recent calls to one host with one token, by all processes of the machine.
///
/// Times are seconds of a clock that all processes share and that goes on while the machine sleeps.
package struct PaceLedger: Hashable, Sendable {
  /// Names the clock: another boot of the machine has another one.
  package let boot: String
  /// Those of which at most 60 arrive in any 60 s.
  package private(set) var lists: [Call] = []
  /// All others.
  package private(set) var others: [Call] = []

  /// A call that was reserved, and perhaps answered.
  package struct Call: Hashable, Sendable {
    package let id: UInt64
    package var sent: Double
    /// When its answer came, or when nobody waited for one any more; the server saw it no later.
    package var answered: Double?

    package init(id: UInt64, sent: Double, answered: Double? = nil) {
      self.id = id
      self.sent = sent
      self.answered = answered
    }
  }

  /// No call is waited for longer, in seconds. (`HTTPTransport` gives up on one by then.)
  package static let longestCall = 60.0
  /// More lists are never within the window, and more others never matter.
  static let mostLists = 60
  static let mostOthers = 8

  package init(boot: String, lists: [Call] = [], others: [Call] = []) {
    self.boot = boot
    self.lists = lists
    self.others = others
    bound()
  }

  /// The budgets used up this instant: what is known where nothing can be read.
  package static func exhausted(boot: String, at now: Double) -> PaceLedger {
    let calls = (0..<UInt64(mostLists)).map { Call(id: $0, sent: now, answered: now) }
    return PaceLedger(boot: boot, lists: calls, others: Array(calls.prefix(1)))
  }

  /// Takes times to come, which only a clock in trouble can have written, for this instant.
  mutating func settle(at now: Double) {
    for place in lists.indices where lists[place].isAfter(now) { lists[place].settle(at: now) }
    for place in others.indices where others[place].isAfter(now) { others[place].settle(at: now) }
  }

  mutating func reserve(_ ticket: Pace.Ticket) {
    self[ticket.kind].append(Call(id: ticket.id, sent: ticket.sent))
    bound()
  }

  /// Notes an answer, also to a call that has been forgotten meanwhile.
  mutating func answer(_ ticket: Pace.Ticket, at now: Double) {
    self[ticket.kind].removeAll { $0.id == ticket.id }
    let sent = min(ticket.sent, now)
    self[ticket.kind].append(Call(id: ticket.id, sent: sent, answered: now))
    bound()
  }

  private subscript(kind: Pace.Kind) -> [Call] {
    get { kind == .list ? lists : others }
    set { if kind == .list { lists = newValue } else { others = newValue } }
  }

  private mutating func bound() {
    Self.keepLatest(Self.mostLists, of: &lists)
    Self.keepLatest(Self.mostOthers, of: &others)
  }

  private static func keepLatest(_ count: Int, of calls: inout [Call]) {
    guard calls.count > count else { return }
    calls.sort { $0.latestArrival < $1.latestArrival }
    calls.removeFirst(calls.count - count)
  }
}

extension PaceLedger.Call {
  /// The server saw the call no later.
  var latestArrival: Double { answered ?? sent + PaceLedger.longestCall }

  fileprivate func isAfter(_ now: Double) -> Bool { sent > now || (answered ?? now) > now }

  fileprivate mutating func settle(at now: Double) {
    sent = min(sent, now)
    answered = answered.map { min($0, now) }
  }
}
