import API
import ConnectionsClient
import Evaluation
import Execution
import JSON
import Language
import Planning
import Testing

/// A run without a network: a workspace in memory, with a record of all output and calls.
final class PipelineFixture: Sendable {
  let server: MemoryServer
  let output: RecordingOutput
  let disk = MemoryDisk()
  let runs = MemoryRuns()
  let events = CheckedEvents()
  /// The files that scripts can `use`.
  let texts = Locked<[String: String]>([:])

  init(_ connections: [Connection] = Samples.connections, onTerminal: Bool = false) {
    output = RecordingOutput(onTerminal: onTerminal)
    server = MemoryServer(connections)
  }

  enum Mode { case dryRun, snapshotDryRun, preview, live }

  struct Result {
    let error: RunError?
    let exitCode: ExitCode
    let sentence: String?
    let rows: [JSON]
    /// `false` iff the run can be resumed.
    var isComplete = true
  }

  func run(
    _ text: String, _ mode: Mode = .live, arguments: [String] = [],
    form: CallPrinter.Form = .http, answers: [String] = [], resuming past: RunJournal? = nil,
    configure: (inout RunContext) -> Void = { _ in }
  ) async throws -> Result {
    let disk = disk
    let scope = Scope(
      files: { file in
        do { return .schema(try SnapshotFile(file, try disk.read(file.path)).set.schema) } catch {
          return .problem((error as? DiskError)?.message ?? "\(error)")
        }
      },
      texts: { [texts] path in
        texts.read { $0[path] }.map { .bytes(Array($0.utf8)) } ?? .problem("no file `\(path)`")
      })
    let input = Analysis.Input(name: "test", bytes: Array(text.utf8), arguments: arguments)
    let analysis = Analysis(input, vocabulary: .standard, scope: scope)
    let problems = DiagnosticRenderer(sources: analysis.sources).render(analysis.diagnostics)
    let script = try #require(analysis.script, Comment(rawValue: problems))
    var context = RunContext(
      mode: await runMode(mode, form), output: output, terminal: ScriptedTerminal(answers),
      disk: disk, sources: analysis.sources, format: .jsonl, uptime: { 0 })
    context.serverURL = "https://www.workato.com"
    context.workspaceReader = server
    if context.mode.reader != nil, mode != .snapshotDryRun { context.tagReader = server }
    context.guards.confirmed = answers.isEmpty
    context.guards.maxWrites = answers.isEmpty ? 1_000 : nil
    context.events = events
    configure(&context)
    let now = try #require(Timestamp(iso8601: "2026-01-31T10:00:00Z"))
    let environment = Environment(now: now, process: ["CONN_EXAMPLE": "example"])
    var interpreter = Interpreter(context, environment)
    if mode == .live { interpreter.recorder = past ?? recorder }
    let error = await interpreter.outcome(of: script)
    return Result(
      error: error, exitCode: interpreter.report.exitCode(after: error),
      sentence: interpreter.report.sentence(context.mode, at: 0), rows: output.rows,
      isComplete: interpreter.report.isComplete(after: error))
  }

  var recorder: RunJournal {
    let start = RunStart(
      command: "run", script: "test", sha256: "", keepsScript: true, arguments: [],
      now: "2026-01-31T10:00:00Z", host: "https://www.workato.com", token: "", profile: nil,
      options: [])
    return RunJournal(runs, start, time: { "2026-01-31T10:00:00.000Z" })
  }

  private func runMode(_ mode: Mode, _ form: CallPrinter.Form) async -> RunMode {
    let printer = CallPrinter(form: form, server: .standard)
    return switch mode {
    case .dryRun: .dryRun(printer, snapshot: nil)
    case .snapshotDryRun: .dryRun(printer, snapshot: SnapshotReader(await server.connections))
    case .preview: .preview(printer, server)
    case .live: .live(server, server)
    }
  }
}

/// A workspace in memory that records every call. Answers in `attempts` are used first.
actor MemoryServer: ConnectionReader, ConnectionWriter, TagReader, WriterSource {
  private(set) var connections: [Connection]
  private(set) var queries: [ListQuery] = []
  private(set) var calls: [WriteCall] = []
  private var attempts: [CallResult] = []

  init(_ connections: [Connection]) { self.connections = connections }

  func answer(_ attempts: [CallResult]) { self.attempts = attempts }

  private var watcher: @Sendable () -> Void = {}

  /// Has it told of each call before that is answered.
  func watchCalls(_ watcher: @escaping @Sendable () -> Void) { self.watcher = watcher }

  private var runtime: Set<Int64> = []

  /// Has these connections listed only with `include_runtime_connections`.
  func hideFromPlainLists(_ ids: Set<Int64>) { runtime = ids }

  func replace(_ connections: [Connection]) { self.connections = connections }

  private var listError: ClientError?
  private var listDoubt: String?

  /// Has the lists be incomplete for this reason.
  func doubtLists(_ doubt: String) { listDoubt = doubt }

  func failLists(with error: ClientError) { listError = error }

  nonisolated var isRemote: Bool { true }

  func list(_ query: ListQuery) async throws(ClientError) -> ConnectionList {
    queries.append(query)
    if let listError { throw listError }
    return ConnectionList(
      connections.filter { query.includesRuntimeConnections || !runtime.contains($0.id) },
      doubt: listDoubt)
  }

  static let tags = [
    API.Tag(handle: "tag-1", title: "Accounting"), API.Tag(handle: "tag-2", title: "Sales"),
    API.Tag(handle: "tag-3", title: "Twice"), API.Tag(handle: "tag-4", title: "Twice"),
    API.Tag(handle: "tag-legacy", title: "Legacy"),
  ]

  func tags(_ patience: inout some RetryPolicy) async throws(ClientError) -> [API.Tag] { Self.tags }

  private func apply(_ change: TagChange, to ids: [Int64]) {
    connections = connections.map { connection in
      guard ids.contains(connection.id) else { return connection }
      let present = connection.member("tags")?.array?.compactMap(\.string) ?? []
      let left = present.filter { !(change.added + change.removed).contains($0) } + change.added
      return connection.merging(JSON.Object([("tags", .array(left.map(JSON.string)))]))
    }
  }

  func perform(_ call: WriteCall) async -> CallResult {
    watcher()
    calls.append(call)
    if !attempts.isEmpty { return attempts.removeFirst() }
    if let change = call.tags {
      apply(change, to: call.ids)
      return .applied(status: 200, nil, hasEmptyBody: true)
    }
    guard call.success == .connection else { return .applied(status: 200, nil) }
    let id = JSON.int(call.id ?? 9_000 + Int64(calls.count))
    return .applied(
      status: 200, JSON.Object([("id", id)] + call.members.map { ($0.name, $0.value.shown) }))
  }

  nonisolated func session(knowing secrets: Set<SecretReference>) async throws(RunError)
    -> WriteSession
  {
    let clock = ManualClock()
    return WriteSession(
      writer: self, reader: self,
      pacer: SharedRateLimiter(clock: clock, store: MemoryCallLogStore()), clock: clock
    )
  }

  nonisolated func forecast(_ calls: [PlannedCall]) -> Double { Double(calls.count) }
  nonisolated var hostName: String { "www.workato.com" }
}

extension WriteCall {
  /// The members of the body.
  var members: [RequestBody.Member] {
    if case .object(let members)? = request.body { members } else { [] }
  }
}

/// A clock that moves when somebody waits.
final class ManualClock: Timekeeper {
  private let now = Locked(0.0)

  func uptime() -> Double { now.read { $0 } }
  func sleep(seconds: Double) async throws { now.change { $0 += seconds } }
}

/// Records the output.
final class RecordingOutput: Output {
  private let lock = Locked<(data: String, talk: [String], shown: [String])>(("", [], []))
  /// As on a terminal.
  let showsProgress: Bool

  init(onTerminal: Bool = false) { showsProgress = onTerminal }

  /// The lines of progress, one after another.
  var shown: [String] { lock.read { $0.shown } }

  var text: String { lock.read { $0.data } }
  var talk: [String] { lock.read { $0.talk } }

  var rows: [JSON] {
    text.split(separator: "\n").compactMap { try? JSONParser.parse(Array($0.utf8)) }
  }

  func data(_ text: String) { lock.change { $0.data += text } }
  func talk(_ line: String) { lock.change { $0.talk.append(line) } }
  func progress(_ line: String) { lock.change { $0.shown.append(line) } }
}

struct ScriptedTerminal: Terminal {
  private let answers: Locked<[String]>
  let isInteractive: Bool
  var screen: ScreenSize?
  /// The questions asked and the texts shown, in order.
  let shown = Locked<[String]>([])

  init(_ answers: [String], screen: ScreenSize? = nil) {
    self.answers = Locked(answers)
    isInteractive = !answers.isEmpty
    self.screen = screen
  }

  func view(_ text: String) async { shown.change { $0.append(text) } }

  func ask(_ question: String) async -> String? {
    shown.change { $0.append(question) }
    var answer: String?
    answers.change { answer = $0.isEmpty ? nil : $0.removeFirst() }
    return answer
  }
}

final class MemoryDisk: Disk {
  private let files = Locked<[String: [UInt8]]>([:])

  func text(_ path: String) -> String? {
    files.read { $0[path] }.map { String(decoding: $0, as: UTF8.self) }
  }

  func put(_ path: String, _ text: String) { files.change { $0[path] = Array(text.utf8) } }

  func read(_ path: String) throws(DiskError) -> [UInt8] {
    guard let bytes = files.read({ $0[path] }) else { throw DiskError("no file `\(path)`") }
    return bytes
  }

  func exists(_ path: String) -> Bool { text(path) != nil }

  func create(_ path: String, with bytes: [UInt8]) throws(DiskError) {
    if exists(path) { throw DiskError("`\(path)` already exists") }
    try replace(path, with: bytes)
  }

  func replace(_ path: String, with bytes: [UInt8]) throws(DiskError) {
    if path.contains("full") { throw DiskError("cannot write `\(path)`: No space left on device") }
    files.change { $0[path] = bytes }
  }
}

/// Runs in memory. Appending fails from the `failsFrom`th time on.
final class MemoryRuns: RunStore, RunDirectory {
  private let files: Locked<[String: [UInt8]]>
  private let appends = Locked(0)
  private let failsFrom: Int?
  /// Called before and after each append.
  let onAppend = Locked<@Sendable () -> Void>({})

  init(_ files: [String: [UInt8]] = [:], failsFrom: Int? = nil) {
    self.files = Locked(files)
    self.failsFrom = failsFrom
  }

  var all: [String: [UInt8]] { files.read { $0 } }

  var id: String? { "run-1" }
  var journal: [UInt8] { files.read { $0["journal.jsonl"] ?? [] } }

  /// Returns the number of times the journal contains the text.
  func count(_ text: String) -> Int {
    String(decoding: journal, as: UTF8.self).ranges(of: text).count
  }

  func create() throws(DiskError) -> any RunDirectory { self }

  func append(_ bytes: [UInt8]) throws(DiskError) {
    appends.change { $0 += 1 }
    if let failsFrom, appends.read({ $0 }) >= failsFrom {
      throw DiskError("cannot write the journal: No space left on device")
    }
    onAppend.read { $0 }()
    files.change { $0["journal.jsonl", default: []] += bytes }
    onAppend.read { $0 }()
  }

  func write(_ name: String, _ bytes: [UInt8]) throws(DiskError) {
    files.change { $0[name] = bytes }
  }

  func read(_ name: String) throws(DiskError) -> [UInt8] { files.read { $0[name] ?? [] } }
}
