/// The recent calls to one host with one token, by all processes of the machine.
///
/// Times are seconds of a clock that all processes share and that goes on while the machine sleeps.
package struct CallLog: Hashable, Sendable {
  /// Names the clock: another boot of the machine has another one.
  package let boot: String
  /// Those of which at most 60 arrive in any 60 s.
  package private(set) var lists: [Call] = []
  /// All others.
  package private(set) var others: [Call] = []
  /// The processes that wait to send one of the others.
  package private(set) var waiters: [Waiter] = []

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

  /// A process that was told to ask again.
  package struct Waiter: Hashable, Sendable {
    package let process: UInt64
    /// When it asked first.
    package let since: Double
    /// When it is to ask again.
    package let expected: Double

    package init(process: UInt64, since: Double, expected: Double) {
      self.process = process
      self.since = since
      self.expected = expected
    }
  }

  /// No call is waited for longer, in seconds. (`HTTPTransport` gives up on one by then.)
  package static let longestCall = 60.0
  /// More lists are never within the window, and more others never matter.
  static let mostLists = 60
  static let mostOthers = 8
  static let mostWaiters = 32

  package init(
    boot: String, lists: [Call] = [], others: [Call] = [], waiters: [Waiter] = []
  ) {
    self.boot = boot
    self.lists = lists
    self.others = others
    self.waiters = Array(waiters.prefix(Self.mostWaiters))
    bound()
  }

  /// The budgets used up this instant: what is known where nothing can be read.
  package static func exhausted(boot: String, at now: Double) -> CallLog {
    let calls = (0..<UInt64(mostLists)).map { Call(id: $0, sent: now, answered: now) }
    return CallLog(boot: boot, lists: calls, others: Array(calls.prefix(1)))
  }

  /// Takes times to come, which only a clock in trouble can have written, for this instant.
  mutating func settle(at now: Double) {
    for place in lists.indices where lists[place].isAfter(now) { lists[place].settle(at: now) }
    for place in others.indices where others[place].isAfter(now) { others[place].settle(at: now) }
  }

  /// Notes until when a process waits; where there are too many, it waits unnoted.
  mutating func wait(_ process: UInt64, at now: Double, until expected: Double) {
    let since = min(now, waiters.first { $0.process == process }?.since ?? now)
    waiters.removeAll { $0.process == process || $0.expected + Self.grace < now }
    guard waiters.count < Self.mostWaiters else { return }
    waiters.append(Waiter(process: process, since: since, expected: expected))
  }

  mutating func stopWaiting(_ process: UInt64) { waiters.removeAll { $0.process == process } }

  /// Returns until when a process is to let another one go first that has waited longer, if that
  /// one asks again soon; one that does not come has been killed.
  func turn(of process: UInt64, at now: Double, within seconds: Double) -> Double? {
    let since = waiters.first { $0.process == process }?.since ?? now
    let first = waiters.first { other in
      other.process != process && other.since < since && other.expected <= now + seconds
        && now <= other.expected + Self.grace
    }
    return first.map { $0.expected + Self.grace }
  }

  /// How late a waiter may come, in seconds.
  private static let grace = 0.05

  mutating func reserve(_ ticket: RateLimiter.Ticket) {
    self[ticket.kind].append(Call(id: ticket.id, sent: ticket.sent))
    bound()
  }

  /// Notes an answer, also to a call that has been forgotten meanwhile.
  mutating func answer(_ ticket: RateLimiter.Ticket, at now: Double) {
    self[ticket.kind].removeAll { $0.id == ticket.id }
    let sent = min(ticket.sent, now)
    self[ticket.kind].append(Call(id: ticket.id, sent: sent, answered: now))
    bound()
  }

  private subscript(kind: RateLimiter.Kind) -> [Call] {
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

extension CallLog.Call {
  /// The server saw the call no later.
  var latestArrival: Double { answered ?? sent + CallLog.longestCall }

  fileprivate func isAfter(_ now: Double) -> Bool { sent > now || (answered ?? now) > now }

  fileprivate mutating func settle(at now: Double) {
    sent = min(sent, now)
    answered = answered.map { min($0, now) }
  }
}
