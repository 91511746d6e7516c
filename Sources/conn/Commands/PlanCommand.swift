import API
import ArgumentParser
import ConnectionsClient
import Evaluation
import Execution
import Language
import Planning
import Text

struct PlanCommand: HostCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Save the exact writes of a script as a plan for conn apply; changes nothing.",
    discussion: """
      Only GETs are sent; later steps see the effect of earlier ones. The script's save, show and \
      print are skipped. Without --out the plan is only shown; with --verbose its fingerprints and \
      hashes are shown, too.

      Example: conn plan cleanup.conn --out cleanup.plan
      """
  ).belowConn

  @Argument(help: ArgumentHelp("The script to plan; - for stdin.", valueName: "script"))
  var file: String?
  @Argument(
    help: ArgumentHelp("Values of the script's parameters.", valueName: "name=value"))
  var arguments: [String] = []
  @Option(help: ArgumentHelp("Plan this line instead of a file.", valueName: "pipeline"))
  var eval: String?
  @Option(
    name: [.customShort("o"), .customLong("out")],
    help: ArgumentHelp("File to save the plan to.", valueName: "plan"))
  var out: String?
  @Option(
    help: ArgumentHelp("Also write an HTML page for a change ticket.", valueName: "file"))
  var report: String?
  @Flag(help: "Show every write of the plan.") var all = false
  @Flag(
    name: .customLong("detailed-exitcode"),
    help: "Exit with 11 instead of 0 if the plan has changes.")
  var tellsChanges = false
  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var selection: SelectionOptions
  @OptionGroup var pace: PaceOptions
  @OptionGroup var talk: TalkOptions

  var isColorDisabled: Bool { talk.noColor }

  func validate() throws {
    if file == nil, eval == nil { throw ValidationError("name a file, or use --eval") }
  }

  func run(on host: Host) async throws {
    try report.map { ReportFile(host: host, path: $0) }?.requireWritable()
    let runner = try ScriptRunner(try options, host)
    try await runner.summarized { try await plan(runner) }
  }

  private func plan(_ runner: ScriptRunner) async throws {
    let text = eval.map(ScriptRunner.Text.line) ?? .file(file ?? "-")
    // --eval takes the place of the file, so the first word is an argument too.
    let given = (eval == nil ? [] : [file].compactMap { $0 }) + arguments
    let (script, analysis, input) = try runner.checked(text, arguments: given)
    let choice = try workspace.choice(runner.host)
    choice.notes.forEach(runner.output.talk)
    let code: Evaluation.ExitCode
    do throws(RunError) {
      let texts = analysis.sources.files
      let (plan, planner, seconds, refusal) = try await plan(
        runner, choice, script, input, analysis.sources,
        [texts[0]] + texts.dropFirst(1 + given.count))
      if let report {
        try ReportFile(host: runner.host, path: report).write(
          PlanReport(plan, listed: planner.plan, seconds: seconds).page)
      }
      try PlanFiles(host: runner.host).publish(
        plan, to: refusal == nil ? out : nil, runner.output,
        PlanPage.Detail(showsAll: all, showsHashes: talk.verbose), seconds: seconds)
      if let refusal { ErrorPrinter(host: runner.host, sources: analysis.sources).show(refusal) }
      code = refusal?.exitCode ?? success(of: plan)
      var interpreter = planner
      runner.conclude(&interpreter, after: refusal, code: code)
    } catch {
      throw LocatedError(error: error, sources: analysis.sources)
    }
    try runner.end(with: code)
  }

  private func success(of document: PlanDocument) -> Evaluation.ExitCode {
    tellsChanges && !document.plan.isEmpty ? .changesPlanned : .success
  }

  /// Options under which only GETs can be sent.
  private var options: RunOptions {
    get throws {
      var options = try RunOptions.parse(["--preview"])
      options.workspace = workspace
      options.selection = selection
      options.pace = pace
      options.talk = talk
      return options
    }
  }

  private func plan(
    _ runner: ScriptRunner, _ choice: ResolvedWorkspace, _ script: CheckedScript,
    _ input: Analysis.Input, _ sources: SourceMap, _ texts: [SourceFile]
  ) async throws(RunError) -> (PlanDocument, Interpreter, seconds: Double?, refusal: RunError?) {
    runner.host.prepare(for: script)
    let access = try await WorkspaceSession.openAlways(
      runner.options, choice, runner.host, events: runner.events)
    guard let reader = access.reader, let workspace = access.binding?.identity else {
      throw RunError(.internalError, "no workspace is open to plan for")
    }
    var context = runner.context(access, choice.profile, sources)
    context.mode = .planning(reader)
    context.workspaceReader = reader
    context.output = StderrOnlyOutput(runner.output)
    runner.events.emit(
      .run(
        script: texts[0].name, mode: context.mode.name, host: workspace.host,
        now: runner.now.iso8601))
    var interpreter = Interpreter(context, runner.environment)
    let error = await interpreter.outcome(of: script)
    await runner.explainEmptySelections(&interpreter, input)
    await access.close()
    if let error, !interpreter.isRefused { throw error }
    let seconds = context.forecast?(interpreter.plan.writes.calls)
    let document = interpreter.document(
      of: script, created: runner.host.clock.instant(), for: workspace, texts: texts)
    return (document, interpreter, seconds, error)
  }
}
