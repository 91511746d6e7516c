import API
import ConnectionsClient
import Simulator
import Text

@testable import Evaluation
@testable import Execution
@testable import Planning

/// One run of the executor in a world that fails, with a disk that fills up and a process that is
/// killed, all of it decided by a seed; and what must hold of it.
struct ExecutionSimulation {
  let seed: UInt64
  var random: SplitMix64
  var world: SimulatedWorld
  var writes: [PlannedWrite] = []
  var now = 0.0
  /// The journal as it is on the disk.
  var disk: [UInt8] = []
  var diskLimit = Int.max
  var chain = JournalEncoder()
  /// The writes whose intent is on the disk.
  var intended: Set<Int> = []
  /// The number of lives of the process, and the probability that one ends at a step.
  var lives: Int
  let danger: Double
  let trouble: Double
  /// The fault that nearly every call meets; empty for a mix of faults.
  let storm: [SimulatedWorld.Fate]
  let isMeddledWith: Bool
  /// `true` iff the creates can't be distinguished.
  let hasEqualCreates: Bool
  /// `true` iff the creates look alike in a list but differ.
  let hasRivalCreates: Bool
  /// `true` iff most writes set or remove tags, which one call does for many connections.
  let isTagging: Bool
  /// `true` iff many lists lack a third of the connections, and say that they may be incomplete.
  let listsPages: Bool
  /// `true` iff the list before the first create was such a one.
  var isKnownVague = false
  /// `true` iff the server's answers have dates.
  let hasDates: Bool
  /// A date came too late to be of use, or a create left long after its intent.
  var isTimeVague = false
  /// The time at which each write was first about to be sent.
  var firstIntended: [Int: Double] = [:]
  var reading = ClockReading()
  /// The history of this life, as seen from the answers alone.
  var watch = SimulationWatch()
  var deadline: Double?
  /// The link estimates of a process are lost when it ends; the ledger stays.
  var pace = RateLimiter()
  var ledger = CallLog(boot: "")
  var window = SlidingWindow(RateLimit(count: 1, per: .seconds(1)))
  var problems: [String] = []
  private(set) var statistics = Statistics()

  private static let connections: Int64 = 16
  private static let storms: [Int: [SimulatedWorld.Fate]] = [
    0: [.serverError, .serverErrorAfterwards, .timeout], 1: [.notSent], 2: [.limited],
    3: [.badGateway, .unavailable, .notSent],
  ]

  struct Statistics {
    var sends = 0
    var kills = 0
    /// Calls that came too soon for the server.
    var refused = 0
    /// Calls for several connections.
    var batches = 0
  }

  init(seed: UInt64) {
    self.seed = seed
    random = SplitMix64(seed: seed)
    lives = Int(random.next() % 4)
    danger = [0, 0.01, 0.05, 0.2][Int(random.next() % 4)]
    trouble = [0, 0.05, 0.3, 0.8][Int(random.next() % 4)]
    storm = Self.storms[Int(random.next() % 24)] ?? []
    isMeddledWith = random.next() % 4 == 0
    hasEqualCreates = random.next() % 4 == 0
    hasRivalCreates = random.next() % 4 == 0
    hasDates = random.next() % 4 != 0
    isTagging = random.next() % 3 == 0
    listsPages = random.next() % 4 == 0
    let rows = (1...Self.connections).map {
      (Int64($0), SimulatedWorld.Row(name: "old \($0)", folder: 1))
    }
    world = SimulatedWorld(
      rows: Dictionary(uniqueKeysWithValues: rows),
      skew: random.next() % 4 == 0 ? Double(random.next() % 5) - 2 : 0)
    writes = (0..<Int(1 + random.next() % 7)).map { makeWrite(Int64($0 + 1)) }
    if random.next() % 10 == 0 { diskLimit = Int(random.next() % 6_000) }
  }

  // MARK: Lives

  /// Runs, is killed, and resumes until a life ends by itself in a world without faults.
  mutating func run() {
    var isLast = false
    for life in 0..<20 {
      isLast = life > 3
      if let outcomes = live(isCalm: isLast), isLast || open(outcomes) == nil {
        if isLast, let open = open(outcomes), !mayStayOpen(outcomes) {
          problems.append("it does not converge: \(open.kind.rawValue) (\(open.reason ?? ""))")
        }
        return conclude(outcomes)
      }
      now += Double(random.next() % 100)
      world.renewToken()
      diskLimit = .max
    }
    problems.append("it does not come to an end")
  }

  /// Returns the outcomes, or `nil` if the process was killed.
  private mutating func live(isCalm: Bool) -> [Outcome]? {
    guard let journal = try? ParsedJournal(disk) else {
      problems.append("the journal cannot be read again")
      return []
    }
    disk = Array(disk[..<journal.length])
    chain = journal.chain
    let past = RunHistory(journal)
    pace = RateLimiter(seed: random.next())
    reading = ClockReading()
    // A resumed run lists the workspace first.
    if !disk.isEmpty { observe(world.date(at: now), askedAt: now) }
    var policy = ExecutionPolicy()
    policy.failures.limit = 100
    policy.failures.stopsAtFirst = !isCalm && random.next() % 8 == 0
    watch = SimulationWatch(stopsAtFirst: policy.failures.stopsAtFirst)
    let hasDeadline = !isCalm && random.next() % 4 == 0
    deadline = hasDeadline ? now + Double(random.next() % 100) : nil
    policy.deadline = deadline
    var executor = Executor(
      policy: policy, seed: random.next(), history: past.writes, known: past.known)
    executor.begin(writes.numbered)
    return drive(&executor, isCalm: isCalm) ? executor.outcomes : nil
  }

  private struct Flight {
    let number: Int
    let ticket: RateLimiter.Ticket
    let arrival: Double
    let attempt: CallResult
  }

  /// Returns `false` if the process was killed.
  private mutating func drive(_ executor: inout Executor, isCalm: Bool) -> Bool {
    var flights: [Flight] = []
    for _ in 0..<2_000 {
      if !isCalm, lives > 0, random.fraction() < danger { return die() }
      if !isCalm, random.fraction() < danger / 20 {
        executor.handle(.interrupted, at: now)
        watch.isInterrupted = true
      }
      if !isCalm, random.fraction() < danger / 20 { world.revokeToken() }
      if isMeddledWith, !isCalm, random.fraction() < 0.1 {
        meddle()
      }
      executor.serverOffset = reading.offset
      switch executor.next(at: now) {
      case .finished: return true
      case .store(let records): store(records, &executor)
      case .list:
        checkDeadline()
        let asked = now
        let answer = answerToList(isCalm: isCalm)
        // Some are answered long after they were asked for.
        now += !isCalm && random.fraction() < trouble / 4 ? 65 : 0.3
        observe(world.date(at: asked), askedAt: asked)
        executor.handle(.listed(answer), at: now)
      case .send(let number, let call):
        send(number, call, &executor, &flights, isCalm: isCalm)
      case .pause(let time, _): pause(until: time, &executor, &flights)
      }
    }
    problems.append("it neither ends nor waits")
    return true
  }

  /// Somebody else renames a connection, or makes one that looks like one of ours.
  private mutating func meddle() {
    if random.next() % 2 == 0 {
      return world.meddle(Int64(random.next() % UInt64(Self.connections)) + 1)
    }
    let write = writes[Int(random.next() % UInt64(writes.count))]
    guard write.creates else { return }
    let fields = write.members
    world.create(fields, by: nil, at: now)
  }

  private mutating func observe(_ date: Int64, askedAt asked: Double) {
    guard hasDates else { return }
    reading.observe(date, askedAt: asked, at: now)
    if now - asked > 5 { isTimeVague = true }
  }

  private mutating func die() -> Bool {
    lives -= 1
    statistics.kills += 1
    // What was being written is torn.
    let junk = Array("{\"prev\":\"".utf8)
    if random.next() % 2 == 0 { disk += junk.prefix(Int(random.next() % 9)) }
    return false
  }

  private mutating func store(_ records: [JournalRecord], _ executor: inout Executor) {
    let bytes = records.flatMap { chain.line($0, at: "2026-01-01T00:00:00.000Z") }
    guard disk.count + bytes.count <= diskLimit else {
      disk += bytes.prefix(max(0, diskLimit - disk.count))
      return executor.handle(.storeFailed("No space left on device"), at: now)
    }
    disk += bytes
    check(records, executor)
    watch.observe(records)
    for case .intent(let intent) in records {
      intended.insert(intent.number)
      firstIntended[intent.number] = firstIntended[intent.number] ?? now
    }
    now += 0.005
    executor.handle(.stored, at: now)
  }

  private mutating func answerToList(isCalm: Bool) -> Result<ConnectionList, ClientError> {
    if world.isTokenRevoked { return .failure(.unauthorized("Unauthorized")) }
    if !isCalm, random.fraction() < trouble / 10 { return .failure(.network("reset")) }
    let connections = world.list(at: now)
    guard listsPages, !isCalm, random.fraction() < 0.5 else {
      return .success(ConnectionList(connections))
    }
    let shown = connections.filter { _ in random.next() % 3 > 0 }
    return .success(ConnectionList(shown, doubt: "a page repeats"))
  }

  private mutating func send(
    _ number: Int, _ call: WriteCall, _ executor: inout Executor, _ flights: inout [Flight],
    isCalm: Bool
  ) {
    guard case .now(let ticket) = admission(call, &executor) else { return }
    if executor.stop != nil { problems.append("write \(number) is sent after the run was stopped") }
    check(number, call)
    watch(number)
    checkDeadline()
    statistics.sends += 1
    if call.ids.count > 1 { statistics.batches += 1 }
    if call.kind == .create, now - (firstIntended[number] ?? now) > 15 { isTimeVague = true }
    executor.handle(.sent(number: number), at: now)
    let (attempt, seconds) = answer(number, call, isCalm: isCalm)
    flights.append(
      Flight(number: number, ticket: ticket, arrival: now + seconds, attempt: attempt))
    if flights.count > Executor.maxInFlight { problems.append("too many calls are in flight") }
  }

  private mutating func admission(_ call: WriteCall, _ executor: inout Executor)
    -> RateLimiter.Admission
  {
    let admission = pace.admit(call.kind.budget, at: now, in: &ledger)
    switch admission {
    case .notBefore(let time), .held(let time): executor.handle(.notBefore(time), at: now)
    case .now: break
    }
    return admission
  }

  /// The server refuses what arrives less than a second after the call before.
  private mutating func answer(_ number: Int, _ call: WriteCall, isCalm: Bool)
    -> (CallResult, seconds: Double)
  {
    let there = 0.05 + random.fraction() * 0.1
    let latency = there + 0.05 + random.fraction() * 0.1
    if call.kind != .tag, window.admit(at: Duration.seconds(now + there)) != nil {
      statistics.refused += 1
      let limited = Rejection(kind: .limited(retryAfter: nil), status: 429, message: "limit")
      return (.rejected(limited), latency)
    }
    return world.send(number, call, fate(isCalm: isCalm), at: now, latency: latency)
  }

  private mutating func fate(isCalm: Bool) -> SimulatedWorld.Fate {
    guard !isCalm, random.fraction() < (storm.isEmpty ? trouble : 0.95) else { return .fine }
    if !storm.isEmpty { return storm[Int(random.next() % UInt64(storm.count))] }
    let fates = SimulatedWorld.Fate.allCases
    return fates[Int(random.next() % UInt64(fates.count))]
  }

  private mutating func pause(
    until time: Double, _ executor: inout Executor, _ flights: inout [Flight]
  ) {
    guard let next = flights.indices.min(by: { flights[$0].arrival < flights[$1].arrival }),
      flights[next].arrival <= time
    else {
      if time == .infinity { problems.append("it waits for an answer that cannot come") }
      if time - now > 900 { problems.append("it waits \(time - now) s") }
      return now = max(now, min(time, now + 1_000))
    }
    let flight = flights.remove(at: next)
    now = max(now, flight.arrival)
    pace.answered(
      flight.ticket, at: now, wasLimited: ResponseClass(flight.attempt) == .limited,
      pausing: flight.attempt.requestedPause, in: &ledger)
    watch.observe(flight.attempt, of: flight.number, at: now)
    executor.handle(.answered(number: flight.number, flight.attempt), at: now)
  }
}
