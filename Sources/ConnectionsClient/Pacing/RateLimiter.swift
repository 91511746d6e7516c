/// Decides when calls may be sent, so that they arrive within the API's limits: at most 60 lists in any
/// 60 s, at most 60 calls for what surrounds connections in any 60 s, and at most `rate` other calls a
/// second. It has no clock; `now` is a time as in ``CallLog``.
///
/// The limits apply to arrivals at the server, but only sends and answers can be observed here. Sending
/// one call a second is not enough: latency varies, so about half of the gaps between arrivals would
/// be too short. Waiting a second after each answer is safe but wastes the latency, and at 250 ms that
/// leaves 0.8 calls a second.
///
/// There is a better bound. The server saw the previous call no later than its answer minus the
/// shortest way back, and it will see the next call no earlier than its send plus the shortest way
/// there. Both ways together take at least the shortest round trip seen. So the next call may leave at
/// *previous answer + 1 s − shortest round trip*, which keeps a full second between arrivals and loses
/// only the jitter. If the answer is late, a second rule lets calls overlap: *previous send + 1 s + a
/// margin* learnt from the variance. Refusals (429) widen the gap and the margins, and clean calls
/// narrow them again.
///
/// Source of the limits: the API's page, "Rate limits", and the same section of Workato's
/// documentation of tags. See ``RoundTripEstimator`` for the margins.
package struct RateLimiter: Sendable {
  package private(set) var link = RoundTripEstimator()
  /// Seconds between the arrivals of two other calls.
  private let gap: Double
  /// Factor by which recent refusals widen the gap.
  private var widening = 1.0
  /// Send times of this process's unanswered other calls, by ticket.
  private var inFlight: [UInt64: Double] = [:]
  private var nextID: UInt64
  private let process: UInt64

  /// The budgets.
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    case list
    /// Calls for what surrounds connections, such as tags; they read or write.
    case related
    case other
  }

  package enum Admission: Hashable, Sendable {
    /// The call is counted and must be sent now.
    case now(Ticket)
    /// Ask again, but not before this time.
    case notBefore(Double)
    /// The server has asked a process of this machine to wait until this time.
    case held(until: Double)
  }

  /// An admitted call.
  package struct Ticket: Hashable, Sendable {
    package let id: UInt64
    package let kind: Kind
    package let sent: Double
    /// The rule it last waited for; `nil` for a call in a window, or if it didn't have to wait.
    let rule: RoundTripEstimator.Rule?
  }

  private static let window = 60.0
  /// Exceeds the clock drift between two machines within the window, in seconds.
  private static let windowMargin = 0.05
  /// Maximum number of calls in flight.
  package static let maxInFlight = 4
  /// Seconds after which to ask again if too many calls are in flight.
  private static let moment = 0.1
  private static let widest = 8.0
  /// About thirty thousand years; for extremely low rates, times still keep their precision.
  private static let longestGap = 1e12

  /// `rate` is in other calls per second; `seed` distinguishes processes and their tickets.
  package init(rate: Double = 1, seed: UInt64 = .random(in: .min ... .max)) {
    gap = min(1 / rate, Self.longestGap)
    nextID = seed
    process = seed
  }

  package mutating func admit(
    _ kind: Kind, at now: Double, in callLog: inout CallLog
  ) -> Admission {
    callLog.clamp(to: now)
    if let time = callLog.holds[kind], time > now { return .held(until: time) }
    switch kind {
    case .list, .related: return admitInWindow(kind, at: now, in: &callLog)
    case .other: return admitOther(at: now, in: &callLog)
    }
  }

  /// Records a complete answer. `wasLimited` iff it was a 429; `pause` is how long it asks that nothing be
  /// sent, in seconds.
  package mutating func answered(
    _ ticket: Ticket, at now: Double, wasLimited: Bool, pausing pause: Double? = nil,
    in callLog: inout CallLog
  ) {
    if let pause { callLog.hold(ticket.kind, until: now + pause) }
    guard end(ticket, at: now, in: &callLog) else { return }
    if let rule = ticket.rule { link.learn(rule, wasLimited: wasLimited) }
    if wasLimited {
      widening = min(widening * 1.5, Self.widest)
    } else {
      widening = widening < 1.001 ? 1 : 1 + (widening - 1) * 0.8
      link.observe(now - ticket.sent)
    }
  }

  /// Records that a call has ended without a complete answer.
  package mutating func failed(_ ticket: Ticket, at now: Double, in callLog: inout CallLog) {
    _ = end(ticket, at: now, in: &callLog)
  }

  /// The likely minimum duration of this number of calls of a kind, in seconds.
  package func forecast(_ kind: Kind = .other, calls: Int) -> Double {
    switch kind {
    case .list, .related:
      return Double(max(0, calls - 1) / CallLog.maxInWindow) * (Self.window + Self.windowMargin)
    case .other: return forecastOthers(calls)
    }
  }

  private func forecastOthers(_ calls: Int) -> Double {
    let loss = max(0, min(link.mean - link.headStart, link.overlapMargin))
    return Double(max(0, calls - 1)) * (gap * widening + loss)
  }

  /// Returns `true` iff the call is evidence about the link and the gap. Calls in a window and abandoned
  /// calls are not.
  private mutating func end(
    _ ticket: Ticket, at now: Double, in callLog: inout CallLog
  ) -> Bool {
    callLog.clamp(to: now)
    callLog.answer(ticket, at: now)
    return inFlight.removeValue(forKey: ticket.id) != nil
      && (0...CallLog.longestCall).contains(now - ticket.sent)
  }

  private mutating func ticket(
    _ kind: Kind, at now: Double, by rule: RoundTripEstimator.Rule? = nil, in callLog: inout CallLog
  ) -> Ticket {
    nextID &+= 0x9E37_79B9_7F4A_7C15
    let ticket = Ticket(id: nextID, kind: kind, sent: now, rule: rule)
    callLog.reserve(ticket)
    return ticket
  }
}

// MARK: Calls in a window

extension RateLimiter {
  private mutating func admitInWindow(
    _ kind: Kind, at now: Double, in callLog: inout CallLog
  ) -> Admission {
    let time = Self.windowTime(callLog[kind].map(\.latestArrival))
    if time <= now { return .now(ticket(kind, at: now, in: &callLog)) }
    let hint = Self.windowTime(callLog[kind].map { $0.answered ?? now })
    return .notBefore(hint > now ? min(hint, time) : time)
  }

  /// The earliest time for a call, given the latest possible arrivals of previous ones.
  private static func windowTime(_ arrivals: [Double]) -> Double {
    guard arrivals.count >= CallLog.maxInWindow else { return -.infinity }
    let first = arrivals.sorted(by: >)[CallLog.maxInWindow - 1]
    return first + window + windowMargin
  }
}

// MARK: Other calls

extension RateLimiter {
  private mutating func admitOther(at now: Double, in callLog: inout CallLog) -> Admission {
    if inFlight.count >= Self.maxInFlight {
      inFlight = inFlight.filter { (0...CallLog.longestCall).contains(now - $0.value) }
      if inFlight.count >= Self.maxInFlight { return .notBefore(now + Self.moment) }
    }
    let bound = bound(after: callLog.others, at: now)
    if let time = wait(for: bound, at: now, callLog) {
      callLog.wait(process, at: now, until: time)
      return .notBefore(time)
    }
    callLog.stopWaiting(process)
    let hasWaited = now - bound.time < Self.moment
    let ticket = ticket(.other, at: now, by: hasWaited ? bound.rule : nil, in: &callLog)
    inFlight[ticket.id] = now
    return .now(ticket)
  }

  /// Returns when to ask again, or `nil` if the call may be sent.
  private func wait(for bound: Bound, at now: Double, _ callLog: CallLog) -> Double? {
    if bound.time > now { return bound.hint > now ? bound.hint : bound.time }
    return callLog.turn(of: process, at: now, within: 2 * gap)
  }

  /// The constraints that previous calls put on the next one.
  private struct Bound {
    /// The call must not be sent before this time.
    var time = -Double.infinity
    /// No answer can allow the call before this time.
    var hint = -Double.infinity
    var rule: RoundTripEstimator.Rule?
  }

  private func bound(after calls: [CallLog.Call], at now: Double) -> Bound {
    let afterAnswer = gap * widening - link.headStart
    let afterSend = gap * widening + link.overlapMargin
    var bound = Bound()
    for call in calls {
      let late = call.sent + afterSend
      let answer = call.answered ?? max(now, call.sent + link.shortest)
      let early = min(answer + afterAnswer, late)
      let isEarly = call.answered != nil && early < late
      let time = isEarly ? early : late
      bound.hint = max(bound.hint, early > now ? early : time)
      if time > bound.time {
        bound.time = time
        bound.rule = isEarly ? .afterAnswer : .afterSend
      }
    }
    return bound
  }
}
