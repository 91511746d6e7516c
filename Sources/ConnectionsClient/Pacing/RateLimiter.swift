/// When calls may be sent, so that they arrive within the API's limits: at most 60 lists in any
/// 60 s, and so many other calls a second. It has no clock: `now` is seconds of the ledger's.
///
/// Source of the limits: the API's page, "Rate limits".
package struct RateLimiter: Sendable {
  package private(set) var link = RoundTripEstimator()
  /// Seconds between the arrivals of two other calls.
  private let gap: Double
  /// By how much a refusal has widened the gap for now.
  private var widening = 1.0
  /// When the other calls of this process were sent that are not answered, by their ticket.
  private var inFlight: [UInt64: Double] = [:]
  private var nextID: UInt64
  private let process: UInt64

  package enum Kind: Hashable, Sendable { case list, other }

  package enum Admission: Hashable, Sendable {
    /// The call is counted; it is to be sent now.
    case now(Ticket)
    /// It is to be asked again, not before this time.
    case notBefore(Double)
  }

  /// A call that was let go.
  package struct Ticket: Hashable, Sendable {
    package let id: UInt64
    package let kind: Kind
    package let sent: Double
    /// What it had to wait for last; `nil` for a list, and where it did not have to wait.
    let rule: RoundTripEstimator.Rule?
  }

  private static let window = 60.0
  /// More than clocks of two machines drift apart within the window, in seconds.
  private static let listMargin = 0.05
  /// No more calls are under way at once.
  package static let mostInFlight = 4
  /// Seconds after which a call that is one too many in flight is to be asked again.
  private static let moment = 0.1
  private static let widest = 8.0
  /// Thirty thousand years: whatever rate is asked for, times stay numbers that can be told apart.
  private static let longestGap = 1e12

  /// `rate` is in other calls a second; `seed` tells processes apart, and their tickets.
  package init(rate: Double = 1, seed: UInt64 = .random(in: .min ... .max)) {
    gap = min(1 / rate, Self.longestGap)
    nextID = seed
    process = seed
  }

  package mutating func admit(
    _ kind: Kind, at now: Double, in ledger: inout CallLog
  ) -> Admission {
    ledger.settle(at: now)
    switch kind {
    case .list: return admitList(at: now, in: &ledger)
    case .other: return admitOther(at: now, in: &ledger)
    }
  }

  /// Takes note of a complete answer. `wasLimited` iff it was a 429.
  package mutating func answered(
    _ ticket: Ticket, at now: Double, wasLimited: Bool, in ledger: inout CallLog
  ) {
    guard end(ticket, at: now, in: &ledger) else { return }
    if let rule = ticket.rule { link.learn(rule, wasLimited: wasLimited) }
    if wasLimited {
      widening = min(widening * 1.5, Self.widest)
    } else {
      widening = widening < 1.001 ? 1 : 1 + (widening - 1) * 0.8
      link.observe(now - ticket.sent)
    }
  }

  /// Takes note that a call has ended without a complete answer.
  package mutating func failed(_ ticket: Ticket, at now: Double, in ledger: inout CallLog) {
    _ = end(ticket, at: now, in: &ledger)
  }

  /// The seconds that so many other calls are likely to take at least.
  package func forecast(calls: Int) -> Double {
    let loss = max(0, min(link.mean - link.headStart, link.overlapMargin))
    return Double(max(0, calls - 1)) * (gap * widening + loss)
  }

  /// Returns `true` iff the call tells something about the link and the gap: lists do not, nor
  /// do calls that had been given up.
  private mutating func end(
    _ ticket: Ticket, at now: Double, in ledger: inout CallLog
  ) -> Bool {
    ledger.settle(at: now)
    ledger.answer(ticket, at: now)
    return inFlight.removeValue(forKey: ticket.id) != nil
      && (0...CallLog.longestCall).contains(now - ticket.sent)
  }

  private mutating func ticket(
    _ kind: Kind, at now: Double, by rule: RoundTripEstimator.Rule? = nil, in ledger: inout CallLog
  ) -> Ticket {
    nextID &+= 0x9E37_79B9_7F4A_7C15
    let ticket = Ticket(id: nextID, kind: kind, sent: now, rule: rule)
    ledger.reserve(ticket)
    return ticket
  }
}

// MARK: Lists

extension RateLimiter {
  private mutating func admitList(at now: Double, in ledger: inout CallLog) -> Admission {
    let time = Self.listTime(ledger.lists.map(\.latestArrival))
    if time <= now { return .now(ticket(.list, at: now, in: &ledger)) }
    let hint = Self.listTime(ledger.lists.map { $0.answered ?? now })
    return .notBefore(hint > now ? min(hint, time) : time)
  }

  /// When a list may be sent after some that arrived no later than this.
  private static func listTime(_ arrivals: [Double]) -> Double {
    guard arrivals.count >= CallLog.mostLists else { return -.infinity }
    let first = arrivals.sorted(by: >)[CallLog.mostLists - 1]
    return first + window + listMargin
  }
}

// MARK: Other calls

extension RateLimiter {
  private mutating func admitOther(at now: Double, in ledger: inout CallLog) -> Admission {
    if inFlight.count >= Self.mostInFlight {
      inFlight = inFlight.filter { (0...CallLog.longestCall).contains(now - $0.value) }
      if inFlight.count >= Self.mostInFlight { return .notBefore(now + Self.moment) }
    }
    let bound = bound(after: ledger.others, at: now)
    if let time = wait(for: bound, at: now, ledger) {
      ledger.wait(process, at: now, until: time)
      return .notBefore(time)
    }
    ledger.stopWaiting(process)
    let hasWaited = now - bound.time < Self.moment
    let ticket = ticket(.other, at: now, by: hasWaited ? bound.rule : nil, in: &ledger)
    inFlight[ticket.id] = now
    return .now(ticket)
  }

  /// Returns when to ask again, or `nil` where the call may go.
  private func wait(for bound: Bound, at now: Double, _ ledger: CallLog) -> Double? {
    if bound.time > now { return bound.hint > now ? bound.hint : bound.time }
    return ledger.turn(of: process, at: now, within: 2 * gap)
  }

  /// What the calls so far mean for the next one.
  private struct Bound {
    /// Before this it must not be sent.
    var time = -Double.infinity
    /// Before this it cannot become known that it may, whatever answers come.
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
