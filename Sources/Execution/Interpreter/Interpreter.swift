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
  var pretended = WorkspaceOverlay()
  /// The journal of a live run.
  package var recorder: JournalWriter?
  var executor: Executor?
  /// Remaining retries of the run, for lists and writes together.
  var budget = RetryBudget()
  /// Connections that somebody changed between the interruption and the resumption of the run.
  var changedMeanwhile: Set<Int64> = []
  /// The connections seen so far in this run.
  var seen = WorkspaceCache()
  /// `true` iff the last list came from the server, not from the journal or a snapshot.
  var listIsFresh = false
  /// The steps collected for a plan file.
  package internal(set) var steps: [PlannedStep] = []
  /// The rows that the last pipeline's source returned.
  package internal(set) var listing: Listing?
  /// Files whose rows may go into a confidential field; no copies of them are kept.
  var confidentialFiles: Set<String> = []
  /// The total number of iterations of the loops around the current statement.
  var roundsAround = 1

  package init(_ context: RunContext, _ environment: Environment) {
    self.context = context
    self.environment = environment
    report.start = context.uptime()
  }

  /// Runs the script. Throws the error that ends it early; the report shows how far it got.
  package mutating func run(_ script: CheckedScript) async throws(RunError) {
    confidentialFiles = SensitiveNames(script).files
    try bind(script.parameters)
    try Preflight.check(script, evaluator)
    try requireOnePipeline(script)
    try await checkWorkspaceAgain()
    try requireWritable(script)
    try await statements(script.statements)
  }

  mutating func statements(_ statements: [CheckedStatement]) async throws(RunError) {
    for statement in statements {
      if isLive, context.isInterrupted() { throw RunError.interrupted }
      try await self.statement(statement)
      if let stop = report.stop { throw stop }
    }
  }

  /// Prepares for another script in the same environment, with a new clock, report and journal.
  package mutating func begin(_ context: RunContext, _ recorder: JournalWriter?, now: Timestamp) {
    self.context = context
    self.recorder = recorder
    executor = nil
    environment.now = now
    budget = RetryBudget()
    seen = WorkspaceCache()
    report = RunReport()
    report.start = context.uptime()
  }

  /// Continues with the simulated workspace of another run.
  package mutating func keepPretended(of other: Interpreter) { pretended = other.pretended }

  /// Runs the script, and returns the error that ended it early, if any.
  package mutating func outcome(of script: CheckedScript) async -> RunError? {
    defer { report.include(recorder) }
    do {
      try await run(script)
      return nil
    } catch {
      return error
    }
  }

  /// Ends the journal. Returns the run's id if the run can be resumed.
  package mutating func end(after error: RunError?, sentence: String?) -> String? {
    context.setWriting(false)
    guard let directory = recorder?.directory else { return nil }
    let isComplete = report.isComplete(after: error)
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

  var evaluator: Evaluator { Evaluator(environment) }

  private mutating func bind(_ parameters: [CheckedParameter]) throws(RunError) {
    for parameter in parameters {
      let value = try value(of: parameter)
      environment.variables[parameter.name] = .value(value)
    }
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
    return .secret(reference)
  }

  /// Throws if `--expect N` could apply to more than one selection.
  private func requireOnePipeline(_ script: CheckedScript) throws(RunError) {
    let writing = script.statements.flatMap(\.pipelines).filter(\.writes)
    let isRepeated = script.statements.nested.contains {
      if case .loop(let loop) = $0 { loop.writes } else { false }
    }
    guard context.guards.expected != nil, writing.count > 1 || isRepeated else { return }
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
      environment.variables[name] = try binding(of: expression)
    case .print(let expression): try print(expression)
    case .letPipeline(let name, let pipeline):
      let set = try await execute(pipeline)
      environment.variables[name] = set.map { .rows($0) } ?? .unknown
    case .pipeline(let pipeline):
      let set = try await execute(pipeline)
      environment.lastResult = set
      if let set, showsResult(pipeline) { try show(set, as: nil) }
    }
  }

  /// Prints the value; in a dry run, an unknown value is printed as its source text.
  private func print(_ expression: CheckedExpression) throws(RunError) {
    let isUnknown = isDryRun && environment.readsUnknown(expression)
    let text =
      isUnknown
      ? "{\(context.sources.text(expression.span))}" : try evaluator.constant(expression).text
    context.output.data(text.escapingHiddenCharacters() + "\n")
  }

  /// The value of the expression, or unknown if it depends on unknown rows in a dry run.
  private func binding(of expression: CheckedExpression) throws(RunError) -> Environment.Binding {
    if isDryRun, environment.readsUnknown(expression) { return .unknown }
    return .value(try evaluator.constant(expression))
  }

  var isDryRun: Bool { if case .dryRun = context.mode { true } else { false } }

  var isPlanning: Bool { if case .planning = context.mode { true } else { false } }

  var isLive: Bool { if case .live = context.mode { true } else { false } }

  /// `false` if the pipeline's last stage already outputs the rows, or its outcomes are simulated.
  private func showsResult(_ pipeline: CheckedPipeline) -> Bool {
    if pipeline.stages.last?.isOutput == true { return false }
    return isLive || !pipeline.writes
  }

  // MARK: Pipelines

  /// Executes the pipeline. Returns its rows, or `nil` if they are unknown without the server.
  mutating func execute(_ pipeline: CheckedPipeline) async throws(RunError) -> RowSet? {
    let allowed = context.pushesDown && pretended.isEmpty
    let pushdown = Pushdown(
      pipeline, evaluator, allowed: allowed,
      needsTags: context.guards.profile?.readsTags ?? false)
    let selection = try await source(pipeline, pushdown)
    guard let selection, !environment.readsUnknown(pipeline) else {
      try printTemplates(pipeline)
      return nil
    }
    let first = pipeline.stages.firstIndex { $0.effect > .read } ?? pipeline.stages.endIndex
    var nobody = RehearsingHand()
    let selected = try await pass(selection.set, through: pipeline.stages[..<first], &nobody)
    guard first < pipeline.stages.endIndex else { return selected }
    let targets = try await upToDate(
      Selection(set: selected, population: selection.population), pipeline)
    return try await write(
      pipeline, pipeline.stages[first...], targets.set, population: targets.population)
  }

  private mutating func write(
    _ pipeline: CheckedPipeline, _ stages: ArraySlice<CheckedStage>, _ selected: RowSet,
    population: [Connection]?
  ) async throws(RunError) -> RowSet {
    switch context.mode {
    case .dryRun(let printer, _), .preview(let printer, _):
      var hand = PrintingHand(printer: printer, context: context, pretended: pretended)
      defer { pretended = hand.pretended }
      return try await pass(selected, through: stages, &hand)
    case .planning:
      return try await plan(pipeline, stages, selected, population)
    case .live(_, let writers):
      var rehearsal = RehearsingHand()
      _ = try await pass(selected, through: stages, &rehearsal, isRehearsal: true)
      let plan = WritePlan(
        bound: pipeline.selectionBound, selected: selected.rows.count, writes: rehearsal.writes,
        population: population)
      return try await carryOut(plan, pipeline, stages, selected, writers)
    }
  }

  // MARK: Templates

  private func printTemplates(_ pipeline: CheckedPipeline) throws(RunError) {
    guard case .dryRun(let printer, _) = context.mode else {
      throw RunError(.internalError, "the rows of the source are missing", at: pipeline.span)
    }
    let templates = CallTemplates(pipeline, evaluator, sources: context.sources)
    for entry in templates.entries {
      context.output.data(printer.text(entry, context.sources))
    }
  }
}
