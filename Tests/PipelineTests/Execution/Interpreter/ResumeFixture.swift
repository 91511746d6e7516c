import API
import ConnectionsClient
import JSON
import Language
import Planning
import Testing

@testable import Evaluation
@testable import Execution

/// Runs whole scripts against a simulated world, and records what a kill at any moment would leave
/// behind: the files of the run, and the world.
final class ResumeFixture: Sendable {
  /// The state that is left if the process ends here.
  struct Moment: Sendable {
    let files: [String: [UInt8]]
    let world: SimulatedWorld
  }

  struct Result: Sendable {
    let error: RunError?
    let rows: [JSON]
    let exitCode: ExitCode
    /// The name of the run for `conn resume`; `nil` if nothing is left to resume.
    let unfinished: String?
  }

  let server: WorldServer
  let runs: MemoryRuns
  private let token: String
  private let settled: [String]
  private let disk = MemoryDisk()

  /// The first calls meet these faults in turn; if `id` is given, only calls on that connection do.
  init(
    _ moment: Moment? = nil, fates: [SimulatedWorld.Fate] = [], of id: Int64? = nil,
    token: String = "", hasDates: Bool = true, settling settled: [String] = []
  ) {
    self.token = token
    self.settled = settled
    let rows = (1...9).map { (Int64($0), SimulatedWorld.Row(name: "old \($0)", folder: 1)) }
    let world = moment?.world ?? SimulatedWorld(rows: Dictionary(uniqueKeysWithValues: rows))
    runs = MemoryRuns(moment?.files ?? [:])
    server = WorldServer(world, fates: fates, of: id, runs, hasDates: hasDates)
    disk.put("rows.csv", "title\nfirst\nsecond\n")
  }

  /// Every moment at which the process could be killed.
  var moments: [Moment] { server.moments.read { $0 } }
  /// The name and state of each connection.
  var names: [String] {
    rows.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.name) \($0.value.isConnected)" }
  }
  /// The number of writes that were sent.
  var sends: Int { server.sends.read { $0 } }
  /// The number of writes that are done according to the journal.
  var done: Int {
    get throws { RunHistory(try ParsedJournal(runs.journal)).done.count }
  }
  var rows: [Int64: SimulatedWorld.Row] { server.world.read { $0.rows } }

  /// Runs the script, or resumes it if the fixture has a journal.
  func run(_ text: String, _ configure: (inout RunContext) -> Void = { _ in }) async throws
    -> Result
  {
    let disk = disk
    let scope = Scope { file in
      do { return .schema(try SnapshotFile(file, try disk.read(file.path)).set.schema) } catch {
        return .problem("\(error)")
      }
    }
    let input = Analysis.Input(name: "test", bytes: Array(text.utf8), arguments: [])
    let analysis = Analysis(input, vocabulary: .standard, scope: scope)
    let problems = DiagnosticRenderer(sources: analysis.sources).render(analysis.diagnostics)
    let script = try #require(analysis.script, Comment(rawValue: problems))
    let output = RecordingOutput()
    var context = RunContext(
      mode: .live(server, server), output: output, terminal: ScriptedTerminal([]), disk: disk,
      sources: analysis.sources, format: .jsonl, uptime: { 0 })
    context.guards.confirmed = true
    context.guards.maxWrites = 1_000
    context.workspaceReader = server
    configure(&context)
    var interpreter = Interpreter(
      context, Environment(now: Timestamp(microseconds: 0), process: [:]))
    interpreter.recorder = try recorder()
    let error = await interpreter.outcome(of: script)
    let unfinished = interpreter.end(after: error, sentence: nil)
    return Result(
      error: error, rows: output.rows, exitCode: interpreter.report.exitCode(after: error),
      unfinished: unfinished)
  }

  private func recorder() throws -> RunJournal {
    let start = RunStart(
      command: "run", script: "test", sha256: "", keepsScript: true, arguments: [], now: "",
      host: "", token: "", profile: nil, options: [])
    let journal = try ParsedJournal(runs.journal)
    guard !journal.entries.isEmpty else { return RunJournal(runs, start, time: { "T" }) }
    let history = RunHistory(journal)
    return RunJournal(
      runs, start, in: runs, after: journal, history, token: token,
      settling: try Settlement.all(settled, of: history), time: { "T" })
  }
}

/// The simulated world as the server of a run. The process could be killed at each call and at each
/// append to the journal.
final class WorldServer: ConnectionReader, ConnectionWriter, WriterSource {
  let world: Locked<SimulatedWorld>
  let moments = Locked<[ResumeFixture.Moment]>([])
  let sends = Locked(0)
  private let fates: Locked<[SimulatedWorld.Fate]>
  private let fatedID: Int64?
  private let runs: MemoryRuns
  private let clock: ManualClock
  private let serverClock: ServerClock
  private let hasDates: Bool

  init(
    _ world: SimulatedWorld, fates: [SimulatedWorld.Fate], of id: Int64?, _ runs: MemoryRuns,
    hasDates: Bool
  ) {
    fatedID = id
    self.hasDates = hasDates
    self.world = Locked(world)
    self.fates = Locked(fates)
    self.runs = runs
    clock = ManualClock()
    serverClock = ServerClock(clock)
    runs.onAppend.change { $0 = { [weak self] in self?.recordMoment() } }
  }

  var isRemote: Bool { true }
  var hostName: String { "www.workato.com" }
  func forecast(_ calls: [PlannedCall]) -> Double { 0 }

  func session(knowing secrets: Set<SecretReference>) async throws(RunError) -> WriteSession {
    WriteSession(
      writer: self, reader: self,
      pacer: SharedRateLimiter(clock: clock, store: MemoryCallLogStore(), rate: 1000),
      clock: clock, serverClock: serverClock)
  }

  func list(_ query: ListQuery) async throws(ClientError) -> ConnectionList {
    let now = clock.uptime()
    var list: [Connection] = []
    world.change {
      list = $0.list(at: now)
      if hasDates { serverClock.observe($0.date(at: now), askedAt: now) }
    }
    return ConnectionList(list)
  }

  func perform(_ call: WriteCall) async -> CallResult {
    recordMoment()
    sends.change { $0 += 1 }
    let now = clock.uptime()
    var fate = SimulatedWorld.Fate.fine
    if fatedID == nil || fatedID == call.id {
      fates.change { if !$0.isEmpty { fate = $0.removeFirst() } }
    }
    var attempt = CallResult.notSent("")
    world.change { attempt = $0.send(0, call, fate, at: now, latency: 0).0 }
    recordMoment()
    return attempt
  }

  private func recordMoment() {
    let moment = ResumeFixture.Moment(files: runs.all, world: world.read { $0 })
    moments.change { $0.append(moment) }
  }
}
