import ConnectionsClient
import Testing

@Suite struct RateLimiterTests {
  private var ledger = CallLog(boot: "b")
  private var pace = RateLimiter(seed: 1)

  private mutating func send(_ kind: RateLimiter.Kind, at now: Double) throws -> RateLimiter.Ticket
  {
    let admission = pace.admit(kind, at: now, in: &ledger)
    guard case .now(let ticket) = admission else {
      throw NotAdmitted(admission: admission)
    }
    return ticket
  }

  private struct NotAdmitted: Error { let admission: RateLimiter.Admission }

  private mutating func answer(
    _ ticket: RateLimiter.Ticket, at now: Double, wasLimited: Bool = false
  ) {
    pace.answered(ticket, at: now, wasLimited: wasLimited, in: &ledger)
  }

  /// Leaves the pace with a known link of so many equal round trips; returns the last answer.
  private mutating func learn(_ count: Int, roundTrip: Double) throws -> Double {
    var now = 0.0
    for _ in 0..<count {
      answer(try send(.other, at: now), at: now + roundTrip)
      now += roundTrip + 10
    }
    return now - 10
  }

  // MARK: Other calls

  @Test mutating func waitsAGapAfterTheFirstAnswer() throws {
    answer(try send(.other, at: 0), at: 0.25)
    #expect(pace.admit(.other, at: 0.25, in: &ledger) == .notBefore(1.25))
  }

  @Test mutating func overlapsTheRoundTripOfAKnownLink() throws {
    let answered = try learn(1000, roundTrip: 0.25)
    guard case .notBefore(let time) = pace.admit(.other, at: answered, in: &ledger) else {
      Issue.record("a second must pass")
      return
    }
    #expect((0.75...0.77).contains(time - answered))
  }

  @Test mutating func doesNotWaitForALateAnswer() throws {
    let answered = try learn(1000, roundTrip: 0.25)
    let start = answered + 100
    _ = try send(.other, at: start)
    guard case .notBefore(let time) = pace.admit(.other, at: start + 1, in: &ledger) else {
      Issue.record("a margin must pass")
      return
    }
    #expect((0..<0.1).contains(time - start - 1))
    _ = try send(.other, at: time)
  }

  @Test mutating func allowsFourCallsInFlightAtMost() throws {
    let start = try learn(1000, roundTrip: 0.25) + 100
    let tickets = try (0..<4).map { try send(.other, at: start + Double($0) * 5) }
    let now = start + 25
    #expect(pace.admit(.other, at: now, in: &ledger) == .notBefore(now + 0.1))
    answer(tickets[1], at: now)
    #expect(pace.admit(.other, at: now, in: &ledger) != .notBefore(now + 0.1))
  }

  @Test mutating func ignoresUnansweredCallsAfterAMinute() throws {
    let start = try learn(1000, roundTrip: 0.25) + 100
    for index in 0..<4 { _ = try send(.other, at: start + Double(index) * 2) }
    _ = try send(.other, at: start + 60.5)
  }

  @Test mutating func callsOfAKilledProcessDelayOthersOnlyBriefly() throws {
    _ = try send(.other, at: 0)
    var other = RateLimiter(seed: 2)
    var now = 0.0
    var asked = 0
    while case .notBefore(let time) = other.admit(.other, at: now, in: &ledger) {
      #expect(time > now)
      now = time
      asked += 1
    }
    #expect(now <= 3)
    #expect(asked < 10)
  }

  @Test mutating func refusalWidensTheGapAndCleanCallsNarrowIt() throws {
    answer(try send(.other, at: 0), at: 0, wasLimited: true)
    #expect(pace.admit(.other, at: 0, in: &ledger) == .notBefore(1.5))
    for index in 1..<50 {
      answer(try send(.other, at: Double(index) * 100), at: Double(index) * 100)
    }
    #expect(pace.admit(.other, at: 4900, in: &ledger) == .notBefore(4901))
  }

  @Test mutating func gapIsBoundedHoweverManyRefusals() throws {
    for index in 0..<100 {
      answer(try send(.other, at: Double(index) * 100), at: Double(index) * 100, wasLimited: true)
    }
    #expect(pace.admit(.other, at: 9900, in: &ledger) == .notBefore(9908))
  }

  @Test mutating func countsAnAnswerOnce() throws {
    let ticket = try send(.other, at: 0)
    answer(ticket, at: 0.25)
    let link = pace.link
    answer(ticket, at: 0.5)
    #expect(pace.link == link)
  }

  @Test mutating func failedCallLeavesTheEstimateUnchanged() throws {
    let ticket = try send(.other, at: 0)
    pace.failed(ticket, at: 0.001, in: &ledger)
    #expect(pace.link.count == 0)
    #expect(pace.admit(.other, at: 0.001, in: &ledger) == .notBefore(1.001))
  }

  @Test mutating func ignoresRoundTripsAcrossSleep() throws {
    answer(try send(.other, at: 0), at: 30_000)
    #expect(pace.link.count == 0)
  }

  @Test(arguments: [1e-300, 0.5, 1, 3, 1000, 1e300]) func acceptsAnyRate(_ rate: Double) {
    var ledger = CallLog(boot: "b")
    var pace = RateLimiter(rate: rate, seed: 1)
    guard case .now(let ticket) = pace.admit(.other, at: 5, in: &ledger) else {
      Issue.record("the first call may go")
      return
    }
    pace.answered(ticket, at: 5, wasLimited: false, in: &ledger)
    #expect(pace.forecast(calls: 3) >= 0 && pace.forecast(calls: 3) < 1e13)
    _ = pace.admit(.other, at: 5, in: &ledger)
  }

  /// Two hundred and seventy-eight hours are not the end of patience.
  @Test(arguments: [(1e-9, 1e9), (1e-6, 1e6), (0.5, 2)])
  func forecastsVerySlowRates(_ rate: Double, _ gap: Double) {
    #expect(abs(RateLimiter(rate: rate, seed: 1).forecast(calls: 3) / gap - 2) < 1e-9)
  }

  // MARK: Turns

  /// Both want to send as soon as may be; the one that was told to wait first goes first.
  @Test mutating func admitsTheLongestWaiterFirst() throws {
    answer(try send(.other, at: 0), at: 0)
    var other = RateLimiter(seed: 2)
    #expect(other.admit(.other, at: 0.25, in: &ledger) == .notBefore(1))
    #expect(pace.admit(.other, at: 0.5, in: &ledger) == .notBefore(1))
    #expect(pace.admit(.other, at: 1, in: &ledger) == .notBefore(1.05))
    guard case .now = other.admit(.other, at: 1.001, in: &ledger) else {
      Issue.record("it has waited longest")
      return
    }
    #expect(ledger.waiters.map(\.process) == [1])
  }

  @Test mutating func doesNotWaitForAnAbsentWaiter() throws {
    answer(try send(.other, at: 0), at: 0)
    var other = RateLimiter(seed: 2)
    _ = other.admit(.other, at: 0.25, in: &ledger)
    _ = try send(.other, at: 1.06)
  }

  @Test(arguments: [1e300, 500.0]) mutating func invalidWaiterBlocksNobody(
    _ expected: Double
  ) throws {
    ledger = CallLog(
      boot: "b", waiters: [.init(process: 9, since: -1e300, expected: expected)])
    _ = try send(.other, at: 7)
  }

  // MARK: Clocks and lists

  @Test mutating func futureTimesBlockNoLongerThanTheWindow() throws {
    let calls = (0..<60).map { CallLog.Call(id: $0, sent: 1e300, answered: 1e300) }
    ledger = CallLog(boot: "b", lists: calls, others: calls)
    #expect(pace.admit(.list, at: 7, in: &ledger) == .notBefore(67.05))
    #expect(pace.admit(.list, at: 60, in: &ledger) == .notBefore(67.05))
    #expect(pace.admit(.other, at: 7, in: &ledger) == .notBefore(8))
    _ = try send(.other, at: 8)
    _ = try send(.list, at: 67.05)
  }

  @Test mutating func delaysTheSixtyFirstList() throws {
    for index in 0..<60 { answer(try send(.list, at: Double(index)), at: Double(index) + 0.5) }
    #expect(pace.admit(.list, at: 60, in: &ledger) == .notBefore(60.55))
    _ = try send(.list, at: 60.55)
    guard case .notBefore = pace.admit(.list, at: 60.55, in: &ledger) else {
      Issue.record("only one has left the window")
      return
    }
  }

  @Test mutating func unansweredListsCountTwoMinutesAtMost() throws {
    for _ in 0..<60 { _ = try send(.list, at: 0) }
    var now = 0.0
    while case .notBefore(let time) = pace.admit(.list, at: now, in: &ledger) {
      #expect(time > now)
      now = time
    }
    #expect((120...120.1).contains(now))
  }
}
