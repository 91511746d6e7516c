import ConnectionsClient
import Engine
import Glibc
import Language

/// Reads, checks and runs a text; says what is wrong with it; knows the exit code.
struct ScriptRunner {
  var options: RunOptions
  let environment: [String: String]
  let output: any Output
  let events: any EventSink
  /// `false` iff the runs end with the program, so that nobody can go on with them.
  var keepsRuns = true

  /// Where a script's text is.
  enum Text {
    case file(String)
    case line(String)

    var command: String { if case .file = self { "run" } else { "eval" } }
  }

  /// Throws where the file of the events cannot be written. `profile` is the one that is used where
  /// the options name none, whatever the environment says.
  init(_ options: RunOptions, profile: String? = nil) throws {
    self.options = options
    do { events = try EventFile.sink(options) } catch {
      ErrorPrinter(sources: SourceMap(), isOff: options.talk.noColor).show(error)
      throw CommandFailure(exitCode: error.exitCode)
    }
    let plain: any Output = options.talk.quiet ? QuietOutput() : StandardOutput.shared
    output = options.execution.events == "-" ? EventOutput(events: events, rest: plain) : plain
    var environment = ProcessEnvironment.read()
    if let profile { environment[WorkspaceChoice.profileVariable] = profile }
    self.environment = environment
  }

  /// Throws what the program is to end with.
  func run(_ text: Text, arguments: [String]) async throws {
    try await summarized {
      let (script, analysis, input) = try checked(text, arguments: arguments)
      try end(
        with: try await carryOut(.script(script, analysis.sources)) { binding in
          recorder(binding, text.command, input, analysis)
        })
    }
  }

  /// Reads and runs statements until somebody leaves.
  func prompt() async throws {
    try await summarized {
      let code = try await Prompt.run(self)
      events.end(with: told(code))
      try end(with: code)
    }
  }

  /// Ends the events with a summary, also where the run ends before it begins.
  func summarized(_ work: () async throws -> Void) async throws {
    do { try await work() } catch {
      let code = (error as? CommandFailure)?.exitCode ?? (error as? RunError)?.exitCode
      events.end(with: code ?? .usage)
      throw error
    }
  }

  /// Goes on with an interrupted run; `arguments` are those that were not kept.
  func resume(_ run: PastRun, _ arguments: [String]) async throws {
    let input = try run.input(arguments)
    let analysis = try analyse(input, kept: try run.keptFiles)
    guard let script = analysis.script, run.start.sha256 == Self.digest(input, analysis) else {
      throw RunError.changedScript(run.start.script)
    }
    try end(
      with: try await carryOut(.script(script, analysis.sources)) { binding throws(RunError) in
        try run.goOn(binding)
      })
  }

  func end(with code: Engine.ExitCode) throws {
    let code = told(code)
    if code != .success { throw CommandFailure(exitCode: code) }
  }

  /// What could not be told is no success.
  private func told(_ code: Engine.ExitCode) -> Engine.ExitCode {
    let isTold = !StandardOutput.shared.hasFailed && !events.hasFailed
    return code == .success && !isTold ? .internalError : code
  }

  /// Throws where there is an error; that has been said.
  func checked(_ text: Text, arguments: [String]) throws
    -> (CheckedScript, Analysis, Analysis.Input)
  {
    let input = try Self.input(text, arguments: arguments)
    let (script, analysis) = try checked(input)
    return (script, analysis, input)
  }

  private func checked(_ input: Analysis.Input) throws -> (CheckedScript, Analysis) {
    let analysis = try analyse(input)
    guard let script = analysis.script else { throw CommandFailure(exitCode: .usage) }
    return (script, analysis)
  }

  private func analyse(_ input: Analysis.Input, kept: [String: [UInt8]] = [:]) throws -> Analysis {
    let scope = try SurroundingFiles.scope(snapshot: options.workspace.snapshot, kept: kept)
    let analysis = Analysis(input, vocabulary: .standard, scope: scope)
    DiagnosticPrinter(isOff: options.talk.noColor, onlyErrors: options.talk.quiet).show(analysis)
    return analysis
  }

  /// What is carried out.
  enum Work {
    case script(CheckedScript, SourceMap)
    /// With the terms under which it may be, and its file's name.
    case plan(PlanFile, String, (WorkspaceAccess.Binding) -> PlanTerms)

    var sources: SourceMap {
      if case .script(_, let sources) = self { sources } else { SourceMap() }
    }

    var name: String {
      switch self {
      case .script(_, let sources): sources.files.first?.name ?? ""
      case .plan(_, let name, _): name
      }
    }
  }

  func carryOut(
    _ work: Work, recorder: (WorkspaceAccess.Binding) throws(RunError) -> RunRecorder
  ) async throws -> Engine.ExitCode {
    let errors = ErrorPrinter(sources: work.sources, isOff: options.talk.noColor)
    let choice = try options.workspace.choice(environment, noColor: options.talk.noColor)
    choice.notes.forEach(output.talk)
    do throws(RunError) {
      let access = try await open(work, choice)
      let context = context(access, choice.profile, work.sources)
      events.emit(
        .run(
          script: work.name, mode: access.mode.name, host: access.binding?.host,
          now: now.iso8601))
      var interpreter = Interpreter(context, Environment(now: now, process: environment))
      do throws(RunError) {
        interpreter.recorder = try access.binding.map(recorder)
      } catch {
        await access.close()
        throw error
      }
      let error = await outcome(of: work, &interpreter, access.binding)
      if let error { errors.show(error) }
      conclude(&interpreter, after: error)
      await access.close()
      return interpreter.report.exitCode(after: error)
    } catch {
      errors.show(error)
      return error.exitCode
    }
  }

  private func open(_ work: Work, _ choice: WorkspaceChoice) async throws(RunError)
    -> WorkspaceAccess
  {
    switch work {
    case .script(let script, _):
      try await WorkspaceAccess.open(options, choice, environment, for: script, events: events)
    case .plan:
      try await WorkspaceAccess.openAlways(options, choice, environment, events: events)
    }
  }

  private func outcome(
    of work: Work, _ interpreter: inout Interpreter, _ binding: WorkspaceAccess.Binding?
  ) async -> RunError? {
    switch work {
    case .script(let script, _): return await interpreter.outcome(of: script)
    case .plan(let file, _, let terms):
      guard let binding else {
        return RunError(.internalError, "there is no workspace to carry a plan out on")
      }
      return await interpreter.outcome(of: file, terms(binding))
    }
  }

  /// What keeps the journal of a run; nothing is written before its first write. `standsAlone` iff
  /// the text uses no names of a session.
  func recorder(
    _ binding: WorkspaceAccess.Binding, _ command: String, _ input: Analysis.Input,
    _ analysis: Analysis, standsAlone: Bool = true
  ) -> RunRecorder {
    let keepsScript =
      !analysis.holdsConfidentialText && standsAlone
      && !(analysis.script.map(HiddenArguments.hasConfidentialDefault) ?? true)
    let arguments = input.arguments ?? []
    let start = RunStart(
      command: command, script: input.name, sha256: Self.digest(input, analysis),
      keepsScript: keepsScript,
      arguments: analysis.script.map { HiddenArguments.kept(arguments, of: $0) } ?? [],
      workingDirectory: WorkingDirectory.path, now: now.iso8601,
      host: binding.host, token: binding.identity.fingerprint,
      profile: binding.identity.profile, options: options.recorded(tokenPlace: binding.tokenPlace))
    return RunRecorder(
      binding.store, start,
      keeping: keepsScript
        ? RunRecorder.Attachment(RunRecorder.scriptName, input.bytes) : nil,
      time: { Clock.wallTime() })
  }

  /// The script as it is, and the files that it uses.
  private static func digest(_ input: Analysis.Input, _ analysis: Analysis) -> String {
    let used = analysis.sources.files.dropFirst(input.sources.files.count + 1)
      .filter { $0.name != "argument" }
    return Digest.sha256(used.reduce(into: input.bytes) { $0 += $1.bytes })
  }

  /// Says what happened, in one sentence.
  func conclude(_ interpreter: inout Interpreter, after error: RunError?) {
    let (context, report) = (interpreter.context, interpreter.report)
    let now = context.uptime()
    let sentence = report.sentence(context.mode, at: now, after: error)
    let run = interpreter.end(after: error, sentence: sentence)
    report.problemLines.forEach(output.talk)
    if let run, keepsRuns {
      let canGoOn = interpreter.recorder?.canGoOn ?? false
      output.talk(
        canGoOn
          ? "Go on with: conn resume \(run)"
          : "It cannot be gone on with, since its text was not kept; what is left: conn show \(run)"
      )
      if canGoOn, report.hasDoubts {
        output.talk(
          "What stays in doubt, settle by hand: "
            + "conn resume \(run) --settle ID=done or ID=failed; conn show \(run) names it")
      }
    }
    if let comparison = report.comparison { output.talk(comparison) }
    if let sentence { output.talk(sentence) }
    events.emit(
      .summary(
        report, exit: told(report.exitCode(after: error)), after: error,
        run: interpreter.recorder?.directory?.id, sentence: sentence,
        seconds: report.seconds(at: now)))
  }

  func context(_ access: WorkspaceAccess, _ profile: WorkspaceProfile?, _ sources: SourceMap)
    -> RunContext
  {
    let isTerminal = isatty(STDOUT_FILENO) == 1
    let clock = SystemTimekeeper()
    var context = RunContext(
      mode: access.mode, output: output, terminal: StandardTerminal(), disk: SystemDisk(),
      sources: sources,
      format: options.execution.output ?? profile?.output ?? (isTerminal ? .table : .jsonl),
      style: TerminalStyle.style(of: STDOUT_FILENO, isOff: options.talk.noColor),
      width: TerminalStyle.width, uptime: clock.uptime)
    context.glyphs = Glyphs(environment: environment)
    context.serverURL = access.address.base
    context.prover = access.prover
    context.guards = guards
    context.execution.failures.stopsAtFirst = options.execution.onError == .stop
    context.execution.failures.limit = options.execution.maxFailures
    context.execution.deadline = options.execution.seconds.map { clock.uptime() + $0 }
    context.events = events
    context.guards.profile = profile?.guards
    context.pushesDown = !options.selection.noPush
    context.isInterrupted = { Interruption.isRequested }
    let idle = Interruption.current
    context.setWriting = { Interruption.enter($0 ? .writing : idle) }
    return context
  }

  private var guards: Guards {
    var guards = Guards()
    guards.expected = options.selection.expect
    guards.mostWrites = options.selection.maxWrites
    guards.mostPercent = options.selection.maxPercent
    guards.confirmed = options.execution.yes
    return guards
  }

  /// What `now()` is.
  var now: Timestamp { Clock.instant(options.selection.now) }

  private static func standardInput() throws -> [UInt8] {
    if let bytes = FileBytes.read(STDIN_FILENO) { return bytes }
    StandardOutput.shared.talk("error: cannot read stdin: \(String(cString: strerror(errno)))")
    throw CommandFailure(exitCode: .usage)
  }

  static func input(_ text: Text, arguments: [String]?) throws -> Analysis.Input {
    switch text {
    case .line(let line):
      return Analysis.Input(name: "eval", bytes: Array(line.utf8), arguments: arguments)
    case .file("-"):
      return Analysis.Input(
        name: "stdin", bytes: try standardInput(), arguments: arguments)
    case .file(let path):
      do throws(DiskError) {
        return Analysis.Input(name: path, bytes: try SystemDisk().read(path), arguments: arguments)
      } catch {
        StandardOutput.shared.talk("error: \(error.message)")
        throw CommandFailure(exitCode: .usage)
      }
    }
  }
}
