import ConnectionsClient
import Synchronization
import Testing

/// A clock that moves when somebody waits.
final class ManualClock: Timekeeper {
  private let now = Mutex(0.0)

  func uptime() -> Double { now.withLock { $0 } }
  func sleep(seconds: Double) async throws { advance(seconds) }
  func advance(_ seconds: Double) { now.withLock { $0 += seconds } }
}

@Suite struct PacerTests {
  @Test func aSecondBetweenAnAnswerAndTheNextCall() async throws {
    let clock = ManualClock()
    let pacer = Pacer(clock: clock)
    var sends: [Double] = []
    for _ in 0..<5 {
      try await pacer.admitWrite()
      sends.append(clock.uptime())
      clock.advance(0.25)
      await pacer.writeAnswered()
    }
    #expect(sends == [0, 1.25, 2.5, 3.75, 5])
  }

  @Test func atMostSixtyListsInAMinute() async throws {
    let clock = ManualClock()
    let pacer = Pacer(clock: clock)
    var sends: [Double] = []
    for _ in 0..<200 {
      try await pacer.admitList()
      sends.append(clock.uptime())
      clock.advance(0.01)
      await pacer.listAnswered()
    }
    for (place, send) in sends.enumerated() where place >= 60 {
      #expect(send - sends[place - 60] >= 60)
    }
  }
}
