import API
import ConnectionsClient
import Evaluation
import Execution
import Language
import Planning
import Simulator

/// The state of the prompt that survives from one statement to the next: workspace, names, results.
@MainActor final class Session {
  private(set) var runner: ScriptRunner
  private(set) var access: WorkspaceSession
  private(set) var choice: ResolvedWorkspace
  private(set) var scope: Scope
  /// All texts so far, since names in later ones may refer to them.
  private(set) var sources = SourceMap()
  private(set) var interpreter: Interpreter
  let listing: WorkspaceListing
  /// Number of statements started so far.
  private var started = 0
  private var numbers = ResultNumbers()
  /// The last pipeline that was run, for ``why(_:)``.
  var selection: Selection?
  /// The last run that wrote.
  private(set) var lastRun: String?
  private let terminal: (any Terminal)?
  /// The simulator, shared by all modes so that its writes are kept.
  private var simulator: SimulatedServer?
  private let simulatedRuns: SimulatedRuns?

  /// Opens the workspace. `terminal` asks the questions; `nil` is the terminal of scripts.
  init(_ runner: ScriptRunner, terminal: (any Terminal)?) async throws {
    self.terminal = terminal
    self.runner = runner
    listing = WorkspaceListing(
      runner.host.clock, applications: SeenApplications(runner.host).names)
    let options = runner.options
    choice = try options.workspace.choice(runner.host)
    choice.notes.forEach(runner.output.talk)
    access = try await Self.opened(runner, choice)
    simulator = access.server
    simulatedRuns = options.workspace.simulator ? SimulatedRuns(runner.host) : nil
    self.runner.keepsRuns = simulatedRuns == nil
    self.runner.hasPrompt = terminal != nil
    scope = try ScriptFileAccess(host: runner.host, readsInput: true).scope(
      snapshot: options.workspace.snapshot)
    interpreter = Interpreter(
      RunContext(
        mode: access.mode, output: runner.output, terminal: runner.host.terminal,
        disk: runner.host.disk, sources: sources, format: .table, uptime: { 0 }),
      runner.environment)
    interpreter.begin(context, nil, now: runner.now)
  }

  private static func opened(
    _ runner: ScriptRunner, _ choice: ResolvedWorkspace, _ simulator: SimulatedServer? = nil
  ) async throws(RunError) -> WorkspaceSession {
    try await WorkspaceSession.open(
      runner.options, choice, runner.host, events: runner.events, server: simulator)
  }

  var context: RunContext { context(of: runner, sources) }

  /// Returns the context of a run in this workspace, with other options or texts.
  func context(of runner: ScriptRunner, _ sources: SourceMap) -> RunContext {
    var context = runner.context(access, choice.profile, sources)
    context.mode = context.mode.keeping(listing)
    context.tagReader = context.tagReader.map { ListingTagReader(reader: $0, listing: listing) }
    if let terminal { context.terminal = terminal }
    return context
  }

  func close() async {
    if terminal != nil { SeenApplications(runner.host).add(of: listing.now.connections) }
    await access.disconnect()
    try? await simulator?.stop()
    simulatedRuns?.remove()
  }

  /// The place of this session's runs and the workspace they belong to; `nil` if none is open.
  var binding: WorkspaceBinding? {
    guard var binding = access.binding, let simulatedRuns else { return access.binding }
    (binding.store, binding.host) = (simulatedRuns.store, binding.identity.host)
    return binding
  }

  /// `true` iff the text contains the workspace's token or the one in the environment.
  func holdsToken(_ text: String) -> Bool {
    let other = runner.host.environment[ResolvedWorkspace.tokenVariable].flatMap {
      try? APIToken($0)
    }
    return [access.binding?.token, other].contains { $0?.isContained(in: text) == true }
  }

  var runs: RunArchive { RunArchive(store: simulatedRuns?.store ?? SystemRunStore(runner.host)) }
}

// MARK: Statements

extension Session {
  /// Parses and checks a statement without showing its diagnostics.
  func analyse(_ text: String) -> Analysis {
    var scope = scope
    scope.values = { [values = listing.values] in values[$0].map { KnownFieldValues($0) } }
    return Analysis(input(text), vocabulary: .standard, scope: scope)
  }

  /// Parses and checks a statement, and shows its diagnostics.
  func examine(_ text: String) -> Analysis {
    let analysis = analyse(text)
    show(analysis)
    return analysis
  }

  func show(_ analysis: Analysis) { DiagnosticPrinter(host: runner.host).show(analysis) }

  func input(_ text: String) -> Analysis.Input {
    var input = Analysis.Input(name: Self.name, bytes: Array(text.utf8), arguments: [])
    input.sources = sources
    input.isWhole = false
    return input
  }

  static let name = "repl"

  func nextNumber() -> Int {
    started += 1
    return started
  }

  /// Starts a checked statement. `agreed` is a plan that the user has seen before; `inBackground`
  /// is `true` iff another statement is writing at the same time.
  func start(
    _ script: CheckedScript, _ text: String, _ analysis: Analysis, _ mailbox: Mailbox,
    agreed: Plan? = nil, inBackground: Bool = false
  ) -> Job {
    sources = analysis.sources
    runner.host.prepare(for: script)
    interpreter.environment.withheld = runner.host.withheldVariables
    var context = context
    context.guards.agreed = agreed
    if inBackground {
      // Signals are for the run that writes.
      context.setWriting = { _ in }
      context.isInterrupted = { Task.isCancelled }
    }
    let recorder = script.writes ? recorder(text, analysis) : nil
    context.warning = runner.warning(on: recorder)
    var next = interpreter
    next.begin(context, recorder, now: runner.now)
    return Job(nextNumber(), analysis, writes: script.writes, next, mailbox) { interpreter in
      await interpreter.outcome(of: script)
    }
  }

  private func recorder(_ text: String, _ analysis: Analysis) -> RunJournal? {
    binding.map {
      runner.recorder(
        $0, RunStart.promptCommand, input(text), analysis, standsAlone: standsAlone(text))
    }
  }

  /// `true` iff the text is valid without the names of the session.
  private func standsAlone(_ text: String) -> Bool {
    let input = Analysis.Input(name: Self.name, bytes: Array(text.utf8), arguments: [])
    let alone = Scope(files: scope.files, texts: scope.texts)
    return Analysis(input, vocabulary: .standard, scope: alone).script != nil
  }

  var profileNames: [String] {
    let configuration = try? ConfigurationFile.load(runner.host)
    return (configuration?.profiles ?? []).map(\.name)
  }

  /// The name of the workspace, as shown before a write.
  var workspace: String { interpreter.context.workspace }

  /// Reports how a statement ended and takes over the names it bound. Returns the plan that was
  /// shown but not applied, if there is one.
  func conclude(_ end: Job.End, of job: Job) -> Plan? {
    if let error = end.error {
      ErrorPrinter(host: runner.host, sources: job.analysis.sources)
        .show(terminal == nil ? error : error.atPrompt)
    } else if job.bindsNames {
      adopt(end.interpreter, job)
    }
    var ended = end.interpreter
    if job.bindsNames { record(ended.listing, of: job) }
    runner.conclude(&ended, after: end.error)
    lastRun = ended.recorder?.directory?.id ?? lastRun
    let wroteNothing = ended.report.tally.sent == 0
    if !wroteNothing { listing.forgetValues() }
    return end.error?.exitCode == .notConfirmed && wroteNothing ? ended.report.proposed : nil
  }

  /// Takes over the names that a statement bound. Names that other statements bound meanwhile stay,
  /// unless this one bound them as well.
  private func adopt(_ ended: Interpreter, _ job: Job) {
    interpreter.keepSimulated(of: ended)
    guard let script = job.analysis.script else { return }
    for name in script.boundNames {
      scope.variables[name] = job.analysis.scope.variables[name]
      interpreter.environment.variables[name] = ended.environment.variables[name]
    }
    scope.definitions.merge(job.analysis.scope.definitions) { $0.isNewer(than: $1) ? $0 : $1 }
    if script.hasResult { keep(ended.environment.lastResult, of: job.analysis) }
  }

  /// Makes rows the last result.
  func keep(_ rows: RowSet?, of analysis: Analysis) {
    scope.lastResult = analysis.scope.lastResult
    interpreter.environment.lastResult = rows
    number(rows)
  }

  /// Gives the last result a name of its own: `$1`, `$2`, ….
  private func number(_ set: RowSet?) {
    guard let set, let rows = scope.lastResult else { return }
    let (name, forgotten) = numbers.add(rows: set.rows.count)
    scope.variables[name] = Scope.Variable(.rows(set.schema), rows: rows)
    interpreter.environment.variables[name] = .rows(set)
    forgotten.forEach(forget)
  }

  private func forget(_ name: String) {
    scope.variables[name] = nil
    interpreter.environment.variables[name] = nil
  }

  /// The rows of the last result; `nil` if there is none.
  var lastResult: RowSet? { interpreter.environment.lastResult }

  var environment: Environment { interpreter.environment }
}

// MARK: The workspace

extension Session {
  /// Switches to another mode. Throws if the workspace can't be opened.
  func enter(_ mode: Mode) async throws {
    var options = runner.options
    (options.mode.dryRun, options.mode.preview) = (mode == .dryRun, mode == .preview)
    try await reopen(options)
  }

  /// Switches to the workspace of another profile.
  func enter(profile: String) async throws {
    _ = try ConfigurationFile.load(runner.host)
      .profile(profile, from: ":profile")
    var options = runner.options
    options.workspace.profile = profile
    (options.workspace.host, options.workspace.tokenFrom) = (nil, nil)
    try await reopen(options)
    listing.forget()
    forgetRows()
  }

  /// Forgets all rows, since rows of one workspace can't be targets in another.
  private func forgetRows() {
    for (name, variable) in scope.variables {
      if case .rows = variable.type { forget(name) }
    }
    numbers.forget()
    (scope.lastResult, interpreter.environment.lastResult) = (nil, nil)
    (selection, lastRun) = (nil, nil)
  }

  /// Opens another workspace; the current one stays open until that succeeds.
  private func reopen(_ options: RunOptions) async throws {
    var other = runner
    other.options = options
    let choice = try options.workspace.choice(runner.host)
    let access = try await Self.opened(other, choice, simulator)
    await self.access.disconnect()
    (runner, self.access, self.choice) = (other, access, choice)
    simulator = simulator ?? access.server
    interpreter = Interpreter(context, interpreter.environment)
  }
}
