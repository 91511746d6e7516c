import API
import Evaluation
import Language
import Planning
import Text

/// Executes a checked script, statement by statement, within the limits of its context.
package struct Interpreter: Sendable {
  package internal(set) var context: RunContext
  package var environment: Environment
  package internal(set) var report = RunReport()
  var view = WorkspaceView()
  /// The CSV that the run has printed so far.
  var csv = CSVContinuation()
  package var recorder: RunJournal?
  var executor: Executor?
  /// Connections that somebody changed between the interruption and the resumption of the run.
  var changedMeanwhile: Set<Int64> = []
  /// The statements that are being carried out after they were planned together.
  var block: PlannedBlock?
  /// The course so far while statements are planned ahead; otherwise `nil`.
  var course: PlanningCourse?
  /// `true` iff the statements belong to a block whose writes are planned together.
  var isUnderway = false
  /// The remarks on the plan of the current block that are shown before the question.
  var remarks: [String] = []
  /// `true` iff every list includes tags, because a later pipeline of the block needs them.
  var sharesTags = false
  /// The writes planned for a plan file.
  package internal(set) var plan = Plan()
  /// The highest number of a write so far.
  var numbered = 0
  /// The rows that the last pipeline's source returned.
  package internal(set) var listing: Listing?
  var filesRead: Set<String> = []
  var filesSaved: Set<String> = []
  /// Files whose rows may go into a confidential field; no copies of them are kept.
  private(set) var confidentialFiles: Set<String> = []
  /// The reasons why the script's pipelines select their rows.
  private(set) var reasons = SelectionReasons()
  /// The values that the script computes from the ids of connections that it creates.
  private(set) var newIDs = NewIDs()
  /// Refuses writes whose rows an empty list was meant to limit.
  var exclusions = ExclusionGuard()
  var rehearsal = Rehearsal()
  /// Refuses to compare values that held a secret.
  private(set) var masks = MaskGuard()
  private(set) var readsTitles = false
  var scriptSecrets: Set<SecretReference> = []
  /// The objects that the run sends writes with, and the secrets that they know.
  var opened: (session: WriteSession, secrets: Set<SecretReference>)?
  /// The guard that now refuses a resumed run; its writes in doubt are looked up, and nothing is sent.
  var tightened: RunError?
  /// The total number of iterations of the loops around the current statement.
  var roundsAround = 1
  /// `true` iff the script ends with the current statement.
  var isLast = true

  package init(_ context: RunContext, _ environment: Environment) {
    self.context = context
    self.environment = environment
    report.start = context.uptime()
  }

  /// Runs the script. Throws the error that ends it early; the report shows how far it got.
  package mutating func run(_ script: CheckedScript) async throws(RunError) {
    confidentialFiles = SensitiveNames(script).files
    reasons = SelectionReasons(script)
    masks = MaskGuard(script, context.guards.profile)
    newIDs = NewIDs(script)
    readsTitles = script.readsTitles
    scriptSecrets = script.secretReferences
    environment.withheld.withhold(scriptSecrets, from: environment.process)
    for parameter in script.parameters {
      environment.variables[parameter.name] = .value(try value(of: parameter))
    }
    try Preflight.check(script, evaluator)
    try requireNewFiles(script.statements)
    exclusions = ExclusionGuard(script)
    try exclusions.check(script.statements, environment)
    try requireOnePipeline(script)
    try await checkWorkspaceAgain()
    rehearsal.defersChecks =
      !isLive && script.statements.flatMap(\.pipelines).contains(where: \.writes)
    try requireWritable(script)
    try await statements(script.statements)
    try concludeRehearsal()
  }

  /// Prepares for another script in the same environment, with a new clock, report and journal.
  package mutating func begin(_ context: RunContext, _ recorder: RunJournal?, now: Timestamp) {
    var next = Interpreter(context, environment)
    next.environment.now = now
    next.recorder = recorder
    (next.view, next.csv, next.listing) = (view, csv, listing)
    next.view.begin()
    self = next
  }

  /// Continues with the simulated workspace of another run.
  package mutating func keepSimulated(of other: Interpreter) {
    view.simulated = other.view.simulated
  }

  /// Runs the script, and returns the error that ended it early, if any.
  package mutating func outcome(of script: CheckedScript) async -> RunError? {
    do {
      try await run(script)
      report.include(recorder?.replay)
      return nil
    } catch {
      report.include(recorder?.replay, after: error, atEnd: isLast)
      return isLive ? error : error.asRehearsed
    }
  }

  /// Ends the journal. Returns the run's id if the run can be resumed.
  package mutating func end(after error: RunError?, sentence: String?) -> String? {
    context.setWriting(false)
    guard let directory = recorder?.directory else { return nil }
    let isComplete = report.isComplete(after: error) || recorder?.leavesNothing == true
    do {
      try recorder?.append([
        .end(
          exitCode: report.exitCode(after: error).rawValue, isComplete: isComplete,
          sentence: sentence)
      ])
    } catch {
      report.hasNoEnd = true
      context.output.talk("error: can't write the end of the journal: \(error.message)")
    }
    return isComplete ? nil : directory.id
  }

  /// Returns what was planned for `script`, in ``RunMode/planning``, as the content of a plan file.
  /// `texts` are first the script's, then those of the files that it uses.
  package func document(
    of script: CheckedScript, created: Timestamp, for workspace: WorkspaceIdentity,
    texts: [SourceFile]
  ) -> PlanDocument {
    let header = PlanHeader(
      script, context.sources, environment, context.guards, created: created, for: workspace,
      texts: texts)
    return PlanDocument(header, plan)
  }

  var evaluator: Evaluator {
    var environment = environment
    environment.tags = view.tags
    return Evaluator(environment)
  }

  private func value(of parameter: CheckedParameter) throws(RunError) -> Value {
    guard let given = parameter.given.map({ Value($0) }) else {
      guard let value = parameter.defaultValue else { return .null }
      return try evaluator.constant(value)
    }
    guard parameter.type == .secret else { return given }
    guard let reference = SecretReference(given.text) else {
      throw RunError(
        .usage, "the parameter `\(parameter.name)` is not a reference to a secret",
        help: "use `\(parameter.name)=env:NAME`", at: parameter.span)
    }
    if let problem = environment.withheld.problem(secret: reference.variable) {
      throw RunError(.usage, problem, at: parameter.span)
    }
    return .secret(reference)
  }

  /// Throws if `--expect N` could apply to more than one selection.
  private mutating func requireOnePipeline(_ script: CheckedScript) throws(RunError) {
    let writing = script.statements.flatMap(\.pipelines).filter(\.writes)
    let isRepeated = script.statements.nested.contains {
      if case .loop(let loop) = $0 { loop.writes } else { false }
    }
    context.guards.takesExpected = writing.count <= 1 && !isRepeated
    guard context.guards.expected != nil, !context.guards.takesExpected else { return }
    let which = isRepeated ? "a loop that writes" : "\(writing.count) writing pipelines"
    throw RunError(
      .usage, "--expect is ambiguous: the script has \(which)",
      help: "put `expect count == n` in each pipeline instead")
  }

  // MARK: Statements

  mutating func statement(_ statement: CheckedStatement) async throws(RunError) {
    switch statement {
    case .loop(let loop): try await self.loop(loop)
    case .branch(let condition, let then, let other): try await branch(condition, then, other)
    case .letExpression(let name, let expression):
      environment.variables[name] = try known(expression).map { .value($0) } ?? .unknown
    case .print(let expression):
      let text = try known(expression)?.text ?? "{\(context.sources.text(expression.span))}"
      context.output.data(text.escapingHiddenCharacters() + "\n")
    case .letPipeline(let name, let pipeline):
      let set = try await execute(pipeline)
      environment.variables[name] = set.map { .rows($0.kept) } ?? .unknown
    case .pipeline(let pipeline):
      let set = try await execute(pipeline)
      environment.lastResult = set?.kept
      if let set, showsResult(pipeline) { try show(set.briefOutcomes, as: nil) }
    }
  }

  /// The value of the expression; `nil` if it depends on unknown rows in a dry run.
  func known(_ expression: CheckedExpression) throws(RunError) -> Value? {
    isDryRun && environment.readsUnknown(expression) ? nil : try evaluator.constant(expression)
  }

  var isDryRun: Bool { if case .dryRun = context.mode { true } else { false } }

  var isPlanning: Bool { if case .planning = context.mode { true } else { false } }

  var isLive: Bool { context.mode.isLive }

  /// `false` if the pipeline's last stage already outputs the rows, or its outcomes are simulated.
  private func showsResult(_ pipeline: CheckedPipeline) -> Bool {
    if pipeline.stages.last?.isOutput == true { return false }
    return isLive || !pipeline.writes
  }

  // MARK: Pipelines

  /// Executes the pipeline. Returns its rows, or `nil` if they are unknown without the server.
  mutating func execute(_ pipeline: CheckedPipeline) async throws(RunError) -> RowSet? {
    if block != nil, pipeline.writes { return try await carryOut(pipeline) }
    try exclusions.check(pipeline, environment)
    try requireNewFiles([.pipeline(pipeline)])
    try await readTags(for: pipeline)
    let allowed = context.pushesDown && view.simulated.isEmpty
    let pushdown = Pushdown(
      pipeline, evaluator, allowed: allowed,
      needsTags: sharesTags || context.guards.profile?.readsTags ?? false)
    let selection = try await source(pipeline, pushdown)
    guard let selection, let others = try await otherRows(pipeline, pushdown),
      !environment.readsUnknown(pipeline)
    else {
      try printTemplates(pipeline)
      return nil
    }
    try await requireHandles(in: pipeline, among: selection.set.rows)
    let reader = StageReader(others: others)
    let first = pipeline.stages.firstIndex { $0.effect > .read } ?? pipeline.stages.endIndex
    let selected = try pass(selection.set, through: pipeline.stages[..<first], reader)
    if let refusal = selected.refusal { rehearsal.refuse(refusal) }
    if selection.set.rows.isEmpty || selected.isEmpty { try notice(emptySelection: pipeline) }
    guard first < pipeline.stages.endIndex else { return selected.set }
    let targets = try await upToDate(
      Selection(set: selected.set, population: selection.population), pipeline)
    return try await write(pipeline, pipeline.stages[first...], targets, selection.set, reader)
  }

  /// Records that no row satisfied the pipeline's conditions. Throws with exit 5 if that is an error.
  private mutating func notice(emptySelection pipeline: CheckedPipeline) throws(RunError) {
    report.emptySelections.append(pipeline.span)
    guard context.guards.failsOnEmpty else { return }
    throw RunError(.guardRefused, "no row is selected", at: pipeline.span)
  }

  // MARK: Templates

  private mutating func printTemplates(_ pipeline: CheckedPipeline) throws(RunError) {
    guard case .dryRun(let printer, _) = context.mode else {
      throw RunError(.internalError, "the rows of the source are missing", at: pipeline.span)
    }
    let templates = CallTemplates(pipeline, evaluator, sources: context.sources)
    for entry in templates.entries {
      printCalls(printer.text(entry, context.sources))
    }
    for stage in pipeline.stages where rehearsal.defersChecks {
      guard case .check = stage.operation else { continue }
      rehearsal.leaveUnchecked("`\(context.sources.text(stage.span).onOneLine)`")
    }
    judge(templates, pipeline)
  }
}
