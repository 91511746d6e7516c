import API

/// The recent calls to one host with one token, by all processes of the machine.
///
/// Times are seconds on a clock that all processes share and that keeps running during sleep.
package struct CallLog: Hashable, Sendable {
  /// Identifies the clock, which restarts with every boot.
  package let boot: String
  /// List calls, of which at most 60 may arrive in any 60 s.
  package private(set) var lists: [Call] = []
  /// Calls for what surrounds connections, such as tags, of which at most 60 may arrive in any 60 s.
  package private(set) var related: [Call] = []
  /// All other calls.
  package private(set) var others: [Call] = []
  /// Processes waiting to send one of the other calls.
  package private(set) var waiters: [Waiter] = []
  /// The times until which the server has asked that nothing be sent.
  package private(set) var holds: [RateLimiter.Kind: Double] = [:]

  /// A call that was admitted and perhaps answered.
  package struct Call: Hashable, Sendable {
    package let id: UInt64
    package var sent: Double
    /// When the answer arrived or the wait for it was given up; the server saw the call no later.
    package var answered: Double?

    package init(id: UInt64, sent: Double, answered: Double? = nil) {
      self.id = id
      self.sent = sent
      self.answered = answered
    }
  }

  /// A process that was told to ask again later.
  package struct Waiter: Hashable, Sendable {
    package let process: UInt64
    /// The time of its first request.
    package let since: Double
    /// The time at which it should ask again.
    package let expected: Double

    package init(process: UInt64, since: Double, expected: Double) {
      self.process = process
      self.since = since
      self.expected = expected
    }
  }

  /// Longest duration of a call in seconds; `HTTPTransport` gives up by then.
  package static let longestCall = 60.0
  /// Numbers of calls to keep: there are never more in the window, and more others don't matter.
  static let maxInWindow = 60
  static let maxOthers = 8
  static let maxWaiters = 32

  package init(
    boot: String, lists: [Call] = [], related: [Call] = [], others: [Call] = [],
    waiters: [Waiter] = [], holds: [RateLimiter.Kind: Double] = [:]
  ) {
    self.boot = boot
    self.holds = holds
    self.lists = lists
    self.related = related
    self.others = others
    self.waiters = Array(waiters.prefix(Self.maxWaiters))
    bound()
  }

  /// A log with all budgets used up at `now`; the safe assumption if the real one is unreadable.
  package static func exhausted(boot: String, at now: Double) -> CallLog {
    let calls = (0..<UInt64(maxInWindow)).map { Call(id: $0, sent: now, answered: now) }
    return CallLog(boot: boot, lists: calls, related: calls, others: Array(calls.prefix(1)))
  }

  /// Clamps timestamps in the future to `now`; only a faulty clock can have written them.
  mutating func clamp(to now: Double) {
    for kind in RateLimiter.Kind.allCases {
      for index in self[kind].indices where self[kind][index].isAfter(now) {
        self[kind][index].clamp(to: now)
      }
    }
    holds = holds.filter { $0.value > now }.mapValues { min($0, now + Backoff.longestAsked) }
  }

  /// Records that nothing of this kind may be sent before a time. A process that is asked to wait even
  /// longer ends; others find that out with a call of their own.
  mutating func hold(_ kind: RateLimiter.Kind, until time: Double) {
    holds[kind] = max(holds[kind] ?? time, time)
  }

  /// Records until when a process waits, unless too many are waiting already.
  mutating func wait(_ process: UInt64, at now: Double, until expected: Double) {
    let since = min(now, waiters.first { $0.process == process }?.since ?? now)
    waiters.removeAll { $0.process == process || $0.expected + Self.grace < now }
    guard waiters.count < Self.maxWaiters else { return }
    waiters.append(Waiter(process: process, since: since, expected: expected))
  }

  mutating func stopWaiting(_ process: UInt64) { waiters.removeAll { $0.process == process } }

  /// Returns until when `process` must give precedence to one that has waited longer and is due within
  /// `seconds`; `nil` if there is none. A process that misses its turn was probably killed.
  func turn(of process: UInt64, at now: Double, within seconds: Double) -> Double? {
    let since = waiters.first { $0.process == process }?.since ?? now
    let first = waiters.first { other in
      other.process != process && other.since < since && other.expected <= now + seconds
        && now <= other.expected + Self.grace
    }
    return first.map { $0.expected + Self.grace }
  }

  /// The maximum lateness of a waiting process, in seconds.
  private static let grace = 0.05

  mutating func reserve(_ ticket: RateLimiter.Ticket) {
    self[ticket.kind].append(Call(id: ticket.id, sent: ticket.sent))
    bound()
  }

  /// Records an answer, even if the call itself has already been dropped.
  mutating func answer(_ ticket: RateLimiter.Ticket, at now: Double) {
    self[ticket.kind].removeAll { $0.id == ticket.id }
    let sent = min(ticket.sent, now)
    self[ticket.kind].append(Call(id: ticket.id, sent: sent, answered: now))
    bound()
  }

  private(set) subscript(kind: RateLimiter.Kind) -> [Call] {
    get { self[keyPath: Self.calls(of: kind)] }
    _modify { yield &self[keyPath: Self.calls(of: kind)] }
  }

  private static func calls(of kind: RateLimiter.Kind) -> WritableKeyPath<CallLog, [Call]> {
    switch kind {
    case .list: \.lists
    case .related: \.related
    case .other: \.others
    }
  }

  private mutating func bound() {
    Self.keepLatest(Self.maxInWindow, of: &lists)
    Self.keepLatest(Self.maxInWindow, of: &related)
    Self.keepLatest(Self.maxOthers, of: &others)
  }

  private static func keepLatest(_ count: Int, of calls: inout [Call]) {
    guard calls.count > count else { return }
    calls.sort { $0.latestArrival < $1.latestArrival }
    calls.removeFirst(calls.count - count)
  }
}

extension CallLog.Call {
  /// The latest time at which the server can have seen the call.
  var latestArrival: Double { answered ?? sent + CallLog.longestCall }

  fileprivate func isAfter(_ now: Double) -> Bool { sent > now || (answered ?? now) > now }

  fileprivate mutating func clamp(to now: Double) {
    sent = min(sent, now)
    answered = answered.map { min($0, now) }
  }
}
