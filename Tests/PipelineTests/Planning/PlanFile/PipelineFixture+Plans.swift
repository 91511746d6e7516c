import Evaluation
import Execution
import Language
import Planning
import Testing

/// Creates and applies plans with the fixture.
extension PipelineFixture {
  static let workspace = workspace(profile: nil)

  static func workspace(profile: String?) -> WorkspaceIdentity {
    WorkspaceIdentity(
      host: "https://www.workato.com", fingerprint: "0123456789ab", profile: profile)
  }

  static let created = "2026-01-31T10:00:05Z"

  /// Returns the plan of a script, without saving it.
  func plan(
    _ text: String, arguments: [String] = [], profile: String? = nil,
    configure: (inout RunContext) -> Void = { _ in }
  ) async throws -> PlanDocument {
    let input = Analysis.Input(name: "test", bytes: Array(text.utf8), arguments: arguments)
    let analysis = Analysis(input, vocabulary: .standard, scope: Scope { _ in .problem("none") })
    let problems = DiagnosticRenderer(sources: analysis.sources).render(analysis.diagnostics)
    let script = try #require(analysis.script, Comment(rawValue: problems))
    var context = RunContext(
      mode: .planning(server), output: output, terminal: ScriptedTerminal([]), disk: disk,
      sources: analysis.sources, format: .jsonl, uptime: { 0 })
    configure(&context)
    let now = try #require(Timestamp(iso8601: "2026-01-31T10:00:00Z"))
    var interpreter = Interpreter(context, Environment(now: now, process: [:]))
    if let error = await interpreter.outcome(of: script) { throw error }
    let created = try #require(Timestamp(iso8601: Self.created))
    return interpreter.document(
      of: script, created: created, for: Self.workspace(profile: profile),
      texts: [analysis.sources.files[0]])
  }

  /// Returns the plan of a script as a plan file.
  func planFile(_ text: String, arguments: [String] = [], profile: String? = nil) async throws
    -> PlanFile
  {
    try PlanFile(sealing: try await plan(text, arguments: arguments, profile: profile))
  }

  /// Applies a plan, by default a minute after it was created.
  func apply(
    _ file: PlanFile, at now: String = "2026-01-31T10:01:05Z", answers: [String] = [],
    used: any UsedPlans = MemoryPlans(), workspace: WorkspaceIdentity = PipelineFixture.workspace,
    maxAge: TimeSpan = ApplyPreconditions.defaultAge, terms: ApplyPreconditions? = nil,
    resuming past: RunJournal? = nil,
    configure: (inout RunContext) -> Void = { _ in }
  ) async throws -> Result {
    var context = RunContext(
      mode: .live(server, server), output: output, terminal: ScriptedTerminal(answers), disk: disk,
      sources: SourceMap(), format: .jsonl, uptime: { 0 })
    context.guards.confirmed = answers.isEmpty
    context.serverURL = "https://www.workato.com"
    configure(&context)
    let now = try #require(Timestamp(iso8601: now))
    let terms =
      terms ?? ApplyPreconditions(workspace: workspace, used: used, now: now, maxAge: maxAge)
    var interpreter = Interpreter(context, Environment(now: terms.now, process: [:]))
    interpreter.recorder = past ?? recorder
    let error = await interpreter.outcome(of: file, terms)
    return Result(
      error: error, exitCode: interpreter.report.exitCode(after: error),
      sentence: interpreter.report.sentence(context.mode, at: 0), rows: output.rows)
  }
}

/// A record of applied plans, in memory.
final class MemoryPlans: UsedPlans {
  func canResume(_ run: String) -> Bool { false }

  private let runs = Locked<[String: String]>([:])

  func run(using hash: String) -> String? { runs.read { $0[hash] } }

  func markApplied(_ hash: String, by run: String) throws(DiskError) -> Bool {
    var isItsOwn = false
    runs.change {
      isItsOwn = $0[hash].map { $0 == run && !run.isEmpty } ?? true
      $0[hash] = $0[hash] ?? run
    }
    return isItsOwn
  }
}

/// A record that can't be written, or in which another process is always first.
struct StubbornPlans: UsedPlans {
  func canResume(_ run: String) -> Bool { false }
  let isFull: Bool

  func run(using hash: String) -> String? { nil }

  func markApplied(_ hash: String, by run: String) throws(DiskError) -> Bool {
    if isFull { throw DiskError("No space left on device") }
    return false
  }
}
