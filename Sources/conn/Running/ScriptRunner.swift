import Evaluation
import Execution
import Language
import Planning
import Simulator
import Text

/// Reads, checks and runs a script, reports its errors, and determines the exit code.
struct ScriptRunner {
  var options: RunOptions
  var host: Host
  let output: any Output
  let events: any EventSink
  /// `false` iff the runs are removed when the program ends, so that they can't be resumed.
  var keepsRuns = true
  /// `true` iff the user can type `:resume` next.
  var hasPrompt = false

  /// Throws if the event file can't be written. `profile` is used if the options name none,
  /// regardless of the environment.
  init(_ options: RunOptions, _ host: Host, profile: String? = nil) throws(RunError) {
    self.options = options
    events = try EventFile.sink(options, host)
    let plain: any Output = options.talk.quiet ? DataOnlyOutput(host.output) : host.output
    output = options.pace.events == "-" ? EventOutput(events: events, rest: plain) : plain
    var host = host
    if let profile { host.environment[ResolvedWorkspace.profileVariable] = profile }
    self.host = host
  }

  /// Runs a script; throws if it fails.
  func run(_ text: Text, arguments: [String]) async throws {
    try await summarized {
      let (script, analysis, input) = try checked(text, arguments: arguments)
      try end(
        with: try await execute(.script(script, analysis, input)) { binding in
          recorder(binding, text.command, input, analysis)
        })
    }
  }

  /// Does some work and ends the events with a summary if it throws, even before the run starts.
  func summarized(_ work: () async throws -> Void) async throws {
    do { try await work() } catch {
      events.end(with: Host.exitCode(of: error))
      throw error
    }
  }

  /// Resumes an interrupted run; `arguments` are those that weren't saved.
  func resume(_ run: StoredRun, _ arguments: [String]) async throws {
    let task = try task(resuming: run, arguments)
    try end(
      with: try await execute(task) { binding throws(RunError) in try run.resume(binding) })
    guard case .settlements = task else { return }
    output.talk("Recorded: \(run.settlements.map(\.description).joined(separator: ", "))")
  }

  /// Returns what an interrupted run has to do: if it can't be resumed, only to record what a person
  /// looked up. Throws if its script has changed.
  func task(resuming run: StoredRun, _ arguments: [String] = []) throws -> RunTask {
    if !run.start.canResume, !run.settlements.isEmpty { return .settlements(run.start.script) }
    if run.start.appliesPlan { return try task(resumingPlan: run) }
    let input = try run.input(arguments)
    let analysis = try analyse(input, kept: try run.keptFiles)
    let digests = [Self.digest(analysis), Self.plainDigest(input, analysis)]
    guard let script = analysis.script, digests.contains(run.start.sha256) else {
      throw RunError.changedScript(run.start.script)
    }
    return .script(script, analysis, input)
  }

  func end(with code: Evaluation.ExitCode) throws {
    let code = told(code)
    if code != .success { throw ReportedFailure(exitCode: code) }
  }

  /// The exit code to report: a success whose results or events couldn't be written is an error.
  func told(_ code: Evaluation.ExitCode) -> Evaluation.ExitCode {
    let isTold = !host.output.hasFailed && !events.hasFailed
    return [.success, .changesPlanned].contains(code) && !isTold ? .internalError : code
  }

  /// Reads and checks a script. Throws, after reporting them, if it has errors.
  func checked(_ text: Text, arguments: [String]) throws
    -> (CheckedScript, Analysis, Analysis.Input)
  {
    let input = try host.script(text, arguments: arguments)
    let (script, analysis) = try checked(input)
    return (script, analysis, input)
  }

  private func checked(_ input: Analysis.Input) throws -> (CheckedScript, Analysis) {
    let analysis = try analyse(input)
    guard let script = analysis.script else { throw ReportedFailure(exitCode: .usage) }
    return (script, analysis)
  }

  private func analyse(_ input: Analysis.Input, kept: [String: [UInt8]] = [:]) throws -> Analysis {
    let scope = try ScriptFileAccess(host: host, readsInput: true).scope(
      snapshot: options.workspace.snapshot, kept: kept)
    let analysis = Analysis(input, vocabulary: .standard, scope: scope)
    DiagnosticPrinter(host: host, onlyErrors: options.talk.quiet).show(analysis)
    return analysis
  }

  /// The work of a run.
  enum RunTask: Sendable {
    case script(CheckedScript, Analysis, Analysis.Input)
    /// A plan with the name of its file, and the preconditions for applying it.
    case plan(PlanFile, String, @Sendable (WorkspaceBinding) -> ApplyPreconditions)
    /// Outcomes that a person looked up, for a run of the script of that name.
    case settlements(String)

    var sources: SourceMap {
      if case .script(_, let analysis, _) = self { analysis.sources } else { SourceMap() }
    }

    var analysis: Analysis? {
      if case .script(_, let analysis, _) = self { analysis } else { nil }
    }

    /// Withholds its secrets.
    func prepare(_ host: Host) {
      switch self {
      case .script(let script, _, _): host.prepare(for: script)
      case .plan(let file, _, _): host.prepare(for: file.plan.secrets)
      case .settlements: break
      }
    }

    /// `false` iff there is nothing to record, since the work only reads.
    var writes: Bool { if case .script(let script, _, _) = self { script.writes } else { true } }

    var name: String {
      switch self {
      case .script(_, let analysis, _): analysis.sources.files.first?.name ?? ""
      case .plan(_, let name, _), .settlements(let name): name
      }
    }
  }

  func execute(
    _ work: RunTask, recorder: (WorkspaceBinding) throws(RunError) -> RunJournal
  ) async throws -> Evaluation.ExitCode {
    let errors = ErrorPrinter(host: host, sources: work.sources)
    let choice = try options.workspace.choice(host)
    choice.notes.forEach(output.talk)
    if let source = try? choice.tokenSource() { host.withhold(tokenSource: source) }
    var opened: WorkspaceSession?
    let code: Evaluation.ExitCode
    do throws(RunError) {
      let access = try await open(work, choice)
      opened = access
      var interpreter = try begin(work, access, choice.profile, recorder)
      let error = await outcome(of: work, &interpreter, access.binding)
      if let error { errors.show(error) }
      if case .script(_, _, let input) = work {
        await explainEmptySelections(&interpreter, input)
      }
      conclude(&interpreter, after: error)
      code = interpreter.report.exitCode(after: error)
    } catch {
      errors.show(error)
      code = error.exitCode
    }
    await opened?.close()
    return code
  }

  private func begin(
    _ work: RunTask, _ access: WorkspaceSession, _ profile: WorkspaceProfile?,
    _ recorder: (WorkspaceBinding) throws(RunError) -> RunJournal
  ) throws(RunError) -> Interpreter {
    events.emit(
      .run(
        script: work.name, mode: access.mode.name, host: access.binding?.host, now: now.iso8601))
    let recorder = work.writes ? try access.binding.map(recorder) : nil
    var context = context(access, profile, work.sources)
    context.warning = warning(on: recorder)
    var interpreter = Interpreter(context, environment)
    interpreter.recorder = recorder
    return interpreter
  }

  /// The warning before the writes of a run that can't be resumed; `nil` for one that can, and for one
  /// that isn't kept anyway.
  func warning(on recorder: RunJournal?) -> String? {
    let canResumeOthers = hasPrompt || keepsRuns && !options.workspace.simulator
    guard canResumeOthers, let recorder, !recorder.canResume else { return nil }
    return "This run can't be resumed if it is interrupted: its text isn't saved, because "
      + "\(recorder.obstacle)."
  }

  private func open(_ work: RunTask, _ choice: ResolvedWorkspace) async throws(RunError)
    -> WorkspaceSession
  {
    work.prepare(host)
    if case .script(let script, _, _) = work {
      return try await WorkspaceSession.open(options, choice, host, for: script, events: events)
    }
    return try await WorkspaceSession.openAlways(options, choice, host, events: events)
  }

  func outcome(
    of work: RunTask, _ interpreter: inout Interpreter, _ binding: WorkspaceBinding?
  ) async -> RunError? {
    switch work {
    case .script(let script, _, _): return await interpreter.outcome(of: script)
    case .settlements: return await interpreter.settle()
    case .plan(let file, _, let terms):
      guard let binding else {
        return RunError(.internalError, "no workspace is open to apply the plan to")
      }
      return await interpreter.outcome(of: file, terms(binding))
    }
  }

  /// Returns the writer of a run's journal, which creates nothing before the first write.
  /// `standsAlone` is `true` iff the script uses no names of a session.
  func recorder(
    _ binding: WorkspaceBinding, _ command: String, _ input: Analysis.Input,
    _ analysis: Analysis, standsAlone: Bool = true
  ) -> RunJournal {
    let keepsScript =
      !analysis.holdsConfidentialText && standsAlone
      && !(analysis.script.map(RedactedArguments.hasConfidentialDefault) ?? true)
    let arguments = input.arguments ?? []
    let start = RunStart(
      command: command, script: input.name, sha256: Self.digest(analysis),
      keepsScript: keepsScript,
      arguments: analysis.script.map { RedactedArguments.kept(arguments, of: $0) } ?? [],
      workingDirectory: host.workingDirectory, now: now.iso8601,
      host: binding.host, token: binding.identity.fingerprint,
      profile: binding.identity.profile, options: options.recorded(tokenSource: binding.tokenSource)
    )
    return RunJournal(
      binding.store, start,
      keeping: keepsScript
        ? RunJournal.Attachment(RunJournal.scriptName, input.bytes) : nil,
      time: { [clock = host.clock] in clock.wallTime() })
  }

  /// The SHA-256 of the script and of the files that it uses, with their credentials blanked: a digest
  /// of everything else and a guess would tell whether the guess is right.
  private static func digest(_ analysis: Analysis) -> String {
    Digest.sha256(analysis.files.reduce(into: []) { $0 += $1.blankedBytes })
  }

  /// The digest that version 0.1.0 recorded, which doesn't blank the script's own credentials.
  private static func plainDigest(_ input: Analysis.Input, _ analysis: Analysis) -> String {
    Digest.sha256(analysis.files.dropFirst().reduce(into: input.bytes) { $0 += $1.bytes })
  }

  /// Ends a run: reports in one sentence what happened, and how to continue. `code` is the exit code,
  /// unless it follows from the outcomes.
  func conclude(
    _ interpreter: inout Interpreter, after error: RunError?, code: Evaluation.ExitCode? = nil
  ) {
    let (context, report) = (interpreter.context, interpreter.report)
    let now = context.uptime()
    let sentence = report.sentence(context.mode, at: now, after: error)
    let run = interpreter.end(after: error, sentence: sentence)
    report.problemLines.forEach(output.talk)
    if let run, keepsRuns || hasPrompt {
      printNextStep(run, interpreter.recorder, hasDoubts: report.hasDoubts)
    }
    if let comparison = report.comparison { output.talk(comparison) }
    if let sentence { output.talk(sentence) }
    events.emit(
      .summary(
        report, exit: told(code ?? report.exitCode(after: error)), after: error,
        run: interpreter.recorder?.directory?.id, sentence: sentence,
        seconds: report.seconds(at: now)))
  }

  /// Tells the user what to do with an unfinished run.
  private func printNextStep(_ id: String, _ recorder: RunJournal?, hasDoubts: Bool) {
    let run = id + workspaceOptions
    if recorder?.isLost == true { return printLoss(hasDoubts: hasDoubts) }
    output.talk(
      recorder?.canResume == true
        ? "To resume: \(hasPrompt ? ":resume \(id)" : "conn resume \(run)")"
        : "This run can't be resumed. To do what is left, select it again and repeat the "
          + (hasPrompt ? "statement." : "run.")
          + (keepsRuns ? " Still open: conn runs --failed \(id)" : ""))
    guard hasDoubts, keepsRuns else { return }
    output.talk(
      "If a write stays in doubt, look it up in Workato and record it: "
        + "conn resume \(run) --settle ID=done or ID=failed; conn show \(id) lists the ids")
  }

  /// The options that `conn resume` needs again.
  private var workspaceOptions: String {
    (options.workspace.host.map { " --host \($0)" } ?? "")
      + (options.workspace.tokenFrom.map { " --token-from \($0.shellQuoted)" } ?? "")
  }

  private func printLoss(hasDoubts: Bool) {
    output.talk(
      "This run can't be resumed: its journal was removed, replaced or changed."
        + (hasDoubts ? " Look up the writes in doubt in Workato." : ""))
  }

  /// The environment that a run starts with. The workspace must be open, so that the variables with
  /// its token are known.
  var environment: Environment { host.values(now: now) }

  /// The value of `now()`.
  var now: Timestamp { host.clock.instant(options.selection.now) }
}
