import API
import ConnectionsClient
import Evaluation
import Execution
import Glibc
import JSON
import Language
import Planning
import Simulator

/// Runs a script as a test says. The run reaches no network, starts no program, reads no secret and
/// writes no file: it isn't given anything that could.
struct TestRun {
  let host: Host
  /// The path of the script, as shown in messages.
  let script: String
  /// The absolute path of the directory that the script's file names refer to.
  let directory: String

  /// How a run under test ended.
  struct Ending {
    let code: Evaluation.ExitCode
    let error: RunError?
    let sources: SourceMap
    let outcomes: [TestOutcome]
    /// The writes that failed, one line per outcome and reason.
    let problems: [String]
    let writes: [Request]
    /// The rows of the last pipeline.
    let rows: RowSet?
    /// `true` iff the script has a stage that writes.
    let writesConnections: Bool
  }

  /// The reason why a script couldn't be run: its diagnostics, as text.
  struct InvalidScript: Error { let text: String }

  func run(_ test: TestCase, _ bytes: [UInt8]) async throws -> Ending {
    let analysis = Analysis(
      Analysis.Input(name: script, bytes: bytes, arguments: test.arguments),
      vocabulary: .standard, scope: try scope)
    guard let checked = analysis.script else {
      let errors = analysis.diagnostics.filter(\.isError)
      throw InvalidScript(text: DiagnosticRenderer(sources: analysis.sources).render(errors))
    }
    host.secrets.add(literals: checked.credentialLiterals)
    let workspace = try TestWorkspace(test.content, TestClock(test.now))
    let observer = TestObserver()
    var interpreter = Interpreter(
      context(workspace, observer, analysis.sources),
      Environment(now: test.now, process: test.environment))
    interpreter.recorder = recorder(workspace)
    let error = await interpreter.outcome(of: checked)
    return Ending(
      code: interpreter.report.exitCode(after: error), error: error, sources: analysis.sources,
      outcomes: observer.found, problems: interpreter.report.problemLines,
      writes: workspace.writes,
      rows: interpreter.environment.lastResult,
      writesConnections: checked.statements.flatMap(\.pipelines).contains(where: \.writes))
  }

  /// Data files are found from the test's directory, and `use` from the script's, as ever.
  private var scope: Scope {
    get throws(RunError) {
      var inside = host
      inside.workingDirectory = directory
      var scope = try ScriptFileAccess(host: inside).scope()
      scope.texts = try ScriptFileAccess(host: host).scope().texts
      return scope
    }
  }

  private func context(
    _ workspace: TestWorkspace, _ observer: TestObserver, _ sources: SourceMap
  ) -> RunContext {
    let disk = SystemDisk(directory: directory, home: host.disk.home)
    var context = RunContext(
      mode: .live(workspace.reader, workspace), output: observer, terminal: NoTerminal(),
      disk: TestDisk(disk), sources: sources, format: .jsonl, uptime: workspace.clock.uptime)
    context.events = observer
    context.guards.confirmed = true
    context.guards.maxWrites = Self.maxWrites
    context.workspaceReader = workspace.reader
    context.tagReader = ServerTagReader(
      transport: workspace, pacer: workspace.pacer, clock: workspace.clock)
    return context
  }

  /// The limit of a test's writes. Without a limit, a script would need one of its own.
  private static let maxWrites = 1_000_000

  /// A journal in memory only.
  private func recorder(_ workspace: TestWorkspace) -> RunJournal {
    let start = RunStart(
      command: "test", script: script, sha256: "", keepsScript: false, arguments: [],
      now: workspace.clock.wallTime(), host: workspace.hostName, token: "", profile: nil,
      options: [])
    return RunJournal(
      EphemeralRunStore(), start, time: { [clock = workspace.clock] in clock.wallTime() })
  }
}

/// A terminal that asks nobody.
private struct NoTerminal: Terminal {
  var isInteractive: Bool { false }
  var screen: ScreenSize? { nil }
  func ask(_ question: String) async -> String? { nil }
  func view(_ text: String) async {}
}
