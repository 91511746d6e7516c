import ConnectionsClient
import TestSupport
import Testing
import Text

/// Whatever happens in whatever order, calls of a window stay within its limit and nobody waits for ever.
@Suite struct RateLimiterPropertyTests {
  @Test(arguments: UInt64(0)..<6) func anySequenceKeepsTheLimitsOfWindows(_ seed: UInt64) {
    var world = PaceWorld(seed: seed)
    for step in 0..<2000 {
      world.step()
      if step % 100 == 0 { world.checkThatEveryWaitEnds() }
    }
    for kind in [RateLimiter.Kind.list, .related] {
      let arrivals = world.arrivals[kind, default: []].sorted()
      #expect(world.waits[kind, default: 0] > 100, "the limit is reached")
      for (first, later) in zip(arrivals, arrivals.dropFirst(60)) {
        #expect(later - first >= 60, "\(kind), seed \(seed)")
      }
    }
  }
}

/// Three processes, a clock that jumps, and calls that arrive at any time before their answer.
private struct PaceWorld {
  private var random: SplitMix64
  private var paces: [RateLimiter] = []
  private var ledger = CallLog(boot: "b")
  /// The time of the world, and how far the clock of the machine is behind it.
  private var time = 1000.0
  private var lag = 0.0
  private var open: [Call] = []
  private(set) var arrivals: [RateLimiter.Kind: [Double]] = [:]
  /// How often a call of a kind had to wait.
  private(set) var waits: [RateLimiter.Kind: Int] = [:]

  private struct Call {
    let ticket: RateLimiter.Ticket
    let process: Int
    /// In the time of the world.
    let sent: Double
    /// Ends after a minute, and not before.
    let isSlow: Bool
  }

  init(seed: UInt64) {
    random = SplitMix64(seed: seed)
    for _ in 0..<3 { paces.append(RateLimiter(seed: random.next())) }
  }

  private var now: Double { time - lag }

  mutating func step() {
    endOverdueCalls()
    switch Int.random(in: 0..<1000, using: &random) {
    case 0..<300: admit(.list)
    case 300..<550: admit(.related)
    case 550..<650: admit(.other)
    case 650..<900: endOne()
    case 900..<998: time += .random(in: 0...2, using: &random)
    case 998: time += .random(in: 0...100, using: &random)
    default: lag += .random(in: 0...50, using: &random)
    }
  }

  private mutating func admit(_ kind: RateLimiter.Kind) {
    let process = Int.random(in: 0..<3, using: &random)
    switch paces[process].admit(kind, at: now, in: &ledger) {
    case .now(let ticket):
      let isSlow = Int.random(in: 0..<4, using: &random) == 0
      open.append(Call(ticket: ticket, process: process, sent: time, isSlow: isSlow))
    case .notBefore(let time), .held(let time):
      #expect(time > now && time <= now + 121)
      waits[kind, default: 0] += 1
    }
  }

  private mutating func endOne() {
    let quick = open.indices.filter { !open[$0].isSlow }
    guard let index = quick.randomElement(using: &random) else { return }
    end(open.remove(at: index))
  }

  /// The longest call takes a minute; one in three that did belonged to a process that was killed.
  private mutating func endOverdueCalls() {
    let overdue = open.filter { $0.sent + 59 < time }
    open.removeAll { $0.sent + 59 < time }
    let later = time
    for call in overdue {
      time = min(later, call.sent + 60)
      end(call)
    }
    time = later
  }

  private mutating func end(_ call: Call) {
    arrivals[call.ticket.kind, default: []].append(arrival(sent: call.sent))
    switch Int.random(in: 0..<6, using: &random) {
    case 0..<2 where time - call.sent > 59: return
    case 2:
      paces[call.process].failed(call.ticket, at: now, in: &ledger)
    default:
      paces[call.process].answered(
        call.ticket, at: now, wasLimited: .random(using: &random), in: &ledger)
    }
  }

  /// Any time between the send and now, the ends more often than not.
  private mutating func arrival(sent: Double) -> Double {
    switch Int.random(in: 0..<3, using: &random) {
    case 0: sent
    case 1: time
    default: .random(in: sent...max(sent, time), using: &random)
    }
  }

  /// Asks again and again, on a copy, while nothing else happens.
  func checkThatEveryWaitEnds() {
    for kind in RateLimiter.Kind.allCases {
      var copy = self
      let start = now
      var asked = 0
      while case .notBefore(let next) = copy.paces[0].admit(kind, at: copy.now, in: &copy.ledger) {
        copy.time = next + lag + 0.001
        asked += 1
        guard asked < 1000 else { break }
      }
      #expect(copy.now - start <= 125, "\(kind): \(asked) times")
      #expect(asked < 1000)
    }
  }
}
