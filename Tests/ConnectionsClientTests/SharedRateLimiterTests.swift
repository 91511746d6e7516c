import ConnectionsClient
import Synchronization
import Testing

/// A store that fails from some change on.
private final class FailingPaceStore: CallLogStore {
  private let store = MemoryCallLogStore()
  private let left: Mutex<Int>

  init(after count: Int) { left = Mutex(count) }

  func update<T: Sendable>(_ change: (inout CallLog) -> T) throws(CallLogStoreError) -> T {
    let isLeft = left.withLock { left in
      left -= 1
      return left >= 0
    }
    guard isLeft else { throw CallLogStoreError("the disk is full") }
    return store.update(change)
  }
}

extension SharedRateLimiter {
  /// Waits until a call may be sent.
  fileprivate func admit(_ kind: RateLimiter.Kind, _ clock: ManualClock) -> RateLimiter.Ticket {
    while true {
      switch tryAdmit(kind) {
      case .now(let ticket): return ticket
      case .notBefore(let time), .held(let time): clock.advance(max(time - clock.uptime(), 0.001))
      }
    }
  }
}

@Suite struct SharedRateLimiterTests {
  private func pacer(
    _ clock: ManualClock, _ store: any CallLogStore = MemoryCallLogStore(), rate: Double = 1
  ) -> SharedRateLimiter {
    SharedRateLimiter(clock: clock, store: store, rate: rate)
  }

  /// Sends calls one after another, each answered after as long; returns when they were sent.
  private func sends(
    _ kind: RateLimiter.Kind, _ count: Int, answeredAfter seconds: Double, _ clock: ManualClock,
    _ pacer: SharedRateLimiter
  ) -> [Double] {
    var sends: [Double] = []
    for _ in 0..<count {
      let ticket = pacer.admit(kind, clock)
      sends.append(clock.uptime())
      clock.advance(seconds)
      pacer.answered(ticket, wasLimited: false)
    }
    return sends
  }

  @Test func sendsAGapAfterTheLastAnswerAtTheLatest() {
    let clock = ManualClock()
    let sends = sends(.other, 200, answeredAfter: 0.25, clock, pacer(clock))
    let gaps = zip(sends, sends.dropFirst()).map { $1 - $0 }
    #expect(gaps.allSatisfy { $0 >= 1 && $0 <= 1.25 })
    #expect(gaps.dropFirst(150).allSatisfy { $0 < 1.02 }, "a steady link wastes no round trip")
  }

  @Test(arguments: [RateLimiter.Kind.list, .related])
  func sendsAtMostSixtyCallsOfAWindowAMinute(_ kind: RateLimiter.Kind) {
    let clock = ManualClock()
    let sends = sends(kind, 200, answeredAfter: 0.01, clock, pacer(clock))
    for (index, send) in sends.enumerated() where index >= 60 {
      #expect(send - sends[index - 60] >= 60)
    }
    #expect(sends[59] < 1 && sends[199] < 181)
  }

  /// Sixty go at once, and then sixty a minute.
  @Test(arguments: [RateLimiter.Kind.list, .related])
  func forecastsCallsOfAWindow(_ kind: RateLimiter.Kind) {
    let clock = ManualClock()
    let pacer = pacer(clock, rate: 0.1)
    let forecasts = [0, 1, 60, 61, 120, 121, 200].map { pacer.forecast(kind, calls: $0) }
    #expect(zip(forecasts, [0, 0, 0, 60, 60, 120, 180]).allSatisfy { abs($0 - $1) < 0.2 })
    let sends = sends(kind, 200, answeredAfter: 0.001, clock, pacer)
    for count in [1, 60, 61, 120, 121, 200] {
      #expect(abs(sends[count - 1] - pacer.forecast(kind, calls: count)) < 0.2, "\(count)")
    }
  }

  @Test func budgetsAreSeparate() {
    let clock = ManualClock()
    let pacer = pacer(clock)
    for kind in [RateLimiter.Kind.related, .list] {
      #expect(sends(kind, 60, answeredAfter: 0, clock, pacer).allSatisfy { $0 == 0 })
      #expect(pacer.tryAdmit(kind) == .notBefore(60.05))
    }
    #expect(sends(.other, 1, answeredAfter: 0, clock, pacer) == [0])
  }

  @Test func refusedCallsOfAWindowDoNotSlowOthersDown() {
    let clock = ManualClock()
    let pacer = pacer(clock)
    for _ in 0..<20 { pacer.answered(pacer.admit(.related, clock), wasLimited: true) }
    #expect(pacer.forecast(calls: 11) == 10)
  }

  @Test func limitersOfOneStoreShareAWindow() {
    let clock = ManualClock()
    let store = MemoryCallLogStore()
    let pacers = [pacer(clock, store), pacer(clock, store)]
    for call in 0..<60 {
      let ticket = pacers[call % 2].admit(.related, clock)
      pacers[call % 2].answered(ticket, wasLimited: false)
    }
    #expect(clock.uptime() == 0)
    #expect(pacers.map { $0.tryAdmit(.related) } == [.notBefore(60.05), .notBefore(60.05)])
  }

  @Test func keepsTheGivenRate() {
    let clock = ManualClock()
    let sends = sends(.other, 11, answeredAfter: 0, clock, pacer(clock, rate: 4))
    #expect(abs(sends[10] - 2.5) < 0.1)
  }

  @Test func limitersOfOneStoreShareTheBudget() {
    let clock = ManualClock()
    let store = MemoryCallLogStore()
    let pacers = [pacer(clock, store), pacer(clock, store)]
    var sends: [Double] = []
    for call in 0..<20 {
      let ticket = pacers[call % 2].admit(.other, clock)
      sends.append(clock.uptime())
      pacers[call % 2].answered(ticket, wasLimited: false)
    }
    #expect(zip(sends, sends.dropFirst()).allSatisfy { $1 - $0 >= 1 })
  }

  /// What the server asks of one process, all keep to; only the budget of that call is concerned.
  @Test(arguments: RateLimiter.Kind.allCases)
  func pauseHoldsAllProcesses(_ kind: RateLimiter.Kind) {
    let clock = ManualClock()
    let store = MemoryCallLogStore()
    let pacers = [pacer(clock, store), pacer(clock, store)]
    pacers[0].answered(pacers[0].admit(kind, clock), wasLimited: true, pausing: 30)
    #expect(pacers.map { $0.tryAdmit(kind) } == [.held(until: 30), .held(until: 30)])
    for other in RateLimiter.Kind.allCases where other != kind {
      guard case .now = pacers[1].tryAdmit(other) else {
        Issue.record("\(other) is held")
        continue
      }
    }
    clock.advance(30)
    guard case .now = pacers[1].tryAdmit(kind) else {
      Issue.record("it is held for too long")
      return
    }
  }

  /// A longer pause ends the run; the others look for themselves after a quarter of an hour. An earlier end
  /// doesn't shorten a pause.
  @Test func longPauseHoldsForAQuarterOfAnHour() {
    let clock = ManualClock()
    let pacer = pacer(clock)
    pacer.answered(pacer.admit(.list, clock), wasLimited: true, pausing: 1e9)
    #expect(pacer.tryAdmit(.list) == .held(until: 900))
    pacer.answered(pacer.admit(.other, clock), wasLimited: false, pausing: 60)
    clock.advance(1)
    #expect(pacer.tryAdmit(.list) == .held(until: 900))
  }

  @Test(arguments: [0, 1, 2, 7])
  func reportsAFailingStoreOnceAndKeepsThePace(_ count: Int) {
    let clock = ManualClock()
    let warnings = Mutex<[CallLogStoreError]>([])
    let pacer = SharedRateLimiter(clock: clock, store: FailingPaceStore(after: count)) { error in
      warnings.withLock { $0.append(error) }
    }
    let sends = sends(.other, 10, answeredAfter: 0, clock, pacer)
    #expect(zip(sends, sends.dropFirst()).allSatisfy { $1 - $0 >= 1 })
    #expect(warnings.withLock { $0 } == [CallLogStoreError("the disk is full")])
  }

  @Test func forecastsFromTheRateAndThenFromTheLink() {
    let clock = ManualClock()
    let pacer = pacer(clock)
    #expect([0, 1, 2, 481].map { pacer.forecast(calls: $0) } == [0, 0, 1, 480])
    #expect(self.pacer(clock, rate: 2).forecast(calls: 481) == 240)
    _ = sends(.other, 100, answeredAfter: 0.25, clock, pacer)
    #expect((480...500).contains(pacer.forecast(calls: 481)))
  }

  @Test func tryAdmitReturnsAtOnce() {
    let clock = ManualClock()
    let pacer = pacer(clock)
    guard case .now(let ticket) = pacer.tryAdmit(.other) else {
      Issue.record("the first call may go")
      return
    }
    #expect(pacer.tryAdmit(.other) == .notBefore(1))
    clock.advance(0.5)
    pacer.failed(ticket)
    #expect(pacer.tryAdmit(.other) == .notBefore(1.5))
  }
}
