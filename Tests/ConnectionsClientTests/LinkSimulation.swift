import ConnectionsClient
import Simulator
import TestSupport
import Text

/// Processes that send calls over a link to a server with a strict limit of one call a second,
/// judged at the arrival. Calls overlap where the pace permits it; a refused one is sent again.
struct LinkSimulation {
  private let link: LinkProfile
  private var random: SplitMix64
  private var processes: [Process]
  private var ledger = CallLog(boot: "simulated")
  private var window = SlidingWindow(RateLimit(count: 1, per: .seconds(1)))
  private var events: [Event] = []

  private(set) var applied = 0
  private(set) var refused = 0
  /// When the last answer came.
  private(set) var elapsed = 0.0

  private struct Process {
    var pace: RateLimiter
    /// Counts the times at which it was to ask again; only the latest counts.
    var asked = 0
    var applied = 0
  }

  private struct Event {
    enum Kind {
      case ask(Int)
      case arrival(RateLimiter.Ticket, wayBack: Double)
      case answer(RateLimiter.Ticket, isRefusal: Bool)
    }
    let time: Double
    let process: Int
    let kind: Kind
  }

  /// Runs until so many calls have been applied.
  init(_ link: LinkProfile, calls: Int, processes count: Int = 1, seed: UInt64) {
    self.link = link
    random = SplitMix64(seed: seed)
    processes = []
    for _ in 0..<count { processes.append(Process(pace: RateLimiter(seed: random.next()))) }
    for process in 0..<count { ask(process, at: 0) }
    while applied < calls { step() }
  }

  /// The part of the permitted rate that was achieved.
  var part: Double { Double(applied) / elapsed }

  /// The fewest calls that one process had applied.
  var fewest: Int { processes.map(\.applied).min() ?? 0 }

  private mutating func ask(_ process: Int, at time: Double) {
    processes[process].asked += 1
    events.append(
      Event(time: time, process: process, kind: .ask(processes[process].asked)))
  }

  private mutating func step() {
    var first = 0
    for index in events.indices where events[index].time < events[first].time { first = index }
    let event = events.remove(at: first)
    switch event.kind {
    case .ask(let number):
      if number == processes[event.process].asked { send(event.process, at: event.time) }
    case .arrival(let ticket, let wayBack):
      let isRefusal = window.admit(at: .seconds(event.time)) != nil
      events.append(
        Event(
          time: event.time + wayBack, process: event.process,
          kind: .answer(ticket, isRefusal: isRefusal)))
    case .answer(let ticket, let isRefusal):
      answer(ticket, isRefusal, event)
    }
  }

  private mutating func send(_ process: Int, at now: Double) {
    switch processes[process].pace.admit(.other, at: now, in: &ledger) {
    case .notBefore(let time), .held(let time): ask(process, at: max(time, now + 1e-6))
    case .now(let ticket):
      let ways = link.draw(&random)
      let kind = Event.Kind.arrival(ticket, wayBack: ways.back)
      events.append(Event(time: now + ways.there, process: process, kind: kind))
      ask(process, at: now)
    }
  }

  private mutating func answer(_ ticket: RateLimiter.Ticket, _ isRefusal: Bool, _ event: Event) {
    processes[event.process].pace.answered(
      ticket, at: event.time, wasLimited: isRefusal, in: &ledger)
    if isRefusal {
      refused += 1
    } else {
      applied += 1
      processes[event.process].applied += 1
    }
    elapsed = event.time
    ask(event.process, at: event.time)
  }
}
