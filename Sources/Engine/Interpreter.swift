import ConnectionsClient
import Language

/// Carries a checked script out, statement by statement, within what its context allows.
package struct Interpreter: Sendable {
  package private(set) var context: RunContext
  package private(set) var environment: Environment
  package private(set) var report = RunReport()
  private var pretended = PretendedState()

  package init(_ context: RunContext, _ environment: Environment) {
    self.context = context
    self.environment = environment
    report.start = context.uptime()
  }

  /// Throws what ends the run early; the report says how far it came.
  package mutating func run(_ script: CheckedScript) async throws(RunError) {
    try bind(script.parameters)
    try Preflight.check(script, evaluator)
    try requireOnePipeline(script)
    for statement in script.statements {
      try await self.statement(statement)
      if let stop = report.stop { throw stop }
    }
  }

  /// Starts a further text in the same environment, with a report of its own.
  package mutating func begin(_ sources: SourceMap) {
    context.sources = sources
    report = RunReport()
    report.start = context.uptime()
  }

  /// Runs the script, and returns what ended it early, if anything.
  package mutating func outcome(of script: CheckedScript) async -> RunError? {
    do {
      try await run(script)
      return nil
    } catch {
      return error
    }
  }

  private var evaluator: Evaluator { Evaluator(environment) }

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
        .usage, "the parameter `\(parameter.name)` names no place of a secret",
        help: "write `\(parameter.name)=env:NAME`", at: parameter.span)
    }
    return .secret(reference)
  }

  /// `--expect N` speaks of one selection.
  private func requireOnePipeline(_ script: CheckedScript) throws(RunError) {
    let writing = script.statements.compactMap(\.pipeline).filter(\.writes)
    guard context.guards.expected != nil, writing.count > 1 else { return }
    throw RunError(
      .usage, "--expect cannot say which of \(writing.count) writing pipelines it means",
      help: "put `expect count == n` into each of them")
  }

  // MARK: Statements

  private mutating func statement(_ statement: CheckedStatement) async throws(RunError) {
    switch statement {
    case .letExpression(let name, let expression):
      environment.variables[name] = try binding(of: expression)
    case .letPipeline(let name, let pipeline):
      let set = try await execute(pipeline)
      environment.variables[name] = set.map { .rows($0) } ?? .unknown
    case .pipeline(let pipeline):
      let set = try await execute(pipeline)
      environment.lastResult = set
      if let set, showsResult(pipeline) { try show(set, as: nil) }
    }
  }

  /// In a dry run a value may depend on rows that are not known.
  private func binding(of expression: CheckedExpression) throws(RunError) -> Environment.Binding {
    if isDryRun, environment.readsUnknown(expression) { return .unknown }
    return .value(try evaluator.constant(expression))
  }

  private var isDryRun: Bool { if case .dryRun = context.mode { true } else { false } }

  private var isLive: Bool { if case .live = context.mode { true } else { false } }

  /// A pipeline that ends by handing its rows out has done so; simulated outcomes are no result.
  private func showsResult(_ pipeline: CheckedPipeline) -> Bool {
    if pipeline.stages.last?.isOutput == true { return false }
    return isLive || !pipeline.writes
  }

  // MARK: Pipelines

  /// Returns the rows of the pipeline, or `nil` where they are not known without asking.
  private mutating func execute(_ pipeline: CheckedPipeline) async throws(RunError) -> RowSet? {
    let allowed = context.pushesDown && pretended.isEmpty
    let pushdown = Pushdown(pipeline, evaluator, allowed: allowed)
    let selection = try await source(pipeline, pushdown)
    guard let selection, !environment.readsUnknown(pipeline) else {
      try printTemplates(pipeline)
      return nil
    }
    let first = pipeline.stages.firstIndex { $0.effect > .read } ?? pipeline.stages.endIndex
    var nobody = RehearsingHand()
    let selected = try await pass(selection.set, through: pipeline.stages[..<first], &nobody)
    guard first < pipeline.stages.endIndex else { return selected }
    return try await write(
      pipeline, pipeline.stages[first...], selected, population: selection.population)
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
    case .live(_, let writers):
      var rehearsal = RehearsingHand()
      _ = try await pass(selected, through: stages, &rehearsal, isRehearsal: true)
      let plan = WritePlan(
        pipeline: pipeline, selection: selected.rows, writes: rehearsal.writes,
        population: population)
      return try await carryOut(plan, stages, selected, writers)
    }
  }

  private mutating func carryOut(
    _ plan: WritePlan, _ stages: ArraySlice<CheckedStage>, _ selected: RowSet,
    _ writers: any WriterSource
  ) async throws(RunError) -> RowSet {
    try context.guards.check(plan, sentBefore: report.tally.sent)
    if plan.writes.isEmpty {
      report.hadNothingToDo = true
      var nobody = RehearsingHand()
      return try await pass(selected, through: stages, &nobody)
    }
    try await Confirmation(
      plan: plan, context: context,
      restatement: Restatement(sources: context.sources, evaluator: evaluator),
      hostName: writers.hostName, seconds: writers.forecast(writes: plan.writes.count),
      sentBefore: report.tally.sent
    ).obtain()
    let secrets = plan.writes.reduce(into: Set()) {
      $0.formUnion($1.call.request.body?.secrets ?? [])
    }
    var hand = LiveHand(plan, try await writers.writer(knowing: secrets), context)
    context.setWriting(true)
    defer {
      context.setWriting(false)
      report.take(hand)
    }
    return try await pass(selected, through: stages, &hand)
  }

  // MARK: Sources

  private struct Selection {
    let set: RowSet
    /// Every connection of the workspace, where it was listed.
    var population: [Connection]?
  }

  private mutating func source(_ pipeline: CheckedPipeline, _ pushdown: Pushdown)
    async throws(RunError) -> Selection?
  {
    let source = pipeline.source
    switch source.kind {
    case .list, .get: return try await listed(pipeline, pushdown)
    case .file(let path): return Selection(set: try file(path, source))
    case .variable(let name):
      guard case .rows(let set) = environment.variables[name] else { return nil }
      return Selection(set: set)
    case .lastResult: return environment.lastResult.map { Selection(set: $0) }
    case .nothing: return Selection(set: RowSet(.empty, [Row(values: [])]))
    }
  }

  /// The file may have changed since the script was checked; then its columns are no longer known.
  private func file(_ path: String, _ source: CheckedSource) throws(RunError) -> RowSet {
    let set: RowSet
    do {
      set = try SnapshotFile(path, disk: context.disk).set
    } catch {
      throw RunError(.usage, error.message, at: source.span)
    }
    guard set.schema == source.schema else {
      throw RunError(
        .usage, "the columns of `\(path)` have changed since the script was checked",
        at: source.span)
    }
    return set
  }

  private mutating func listed(_ pipeline: CheckedPipeline, _ pushdown: Pushdown)
    async throws(RunError) -> Selection?
  {
    guard let reader = reader(pipeline, pushdown) else { return nil }
    let connections: [Connection]
    do {
      if reader.isRemote { report.lists += 1 }
      connections = pretended.applied(to: try await reader.list(pushdown.query))
    } catch {
      throw RunError(error, at: pipeline.source.span)
    }
    let chosen = try chosen(connections, pipeline.source)
    let isAll = pushdown.query.isUnfiltered
    return Selection(
      set: RowSet(.connections, chosen.map { Row($0) }), population: isAll ? connections : nil)
  }

  /// In a dry run without a snapshot there is no reader; the call is printed instead.
  private func reader(_ pipeline: CheckedPipeline, _ pushdown: Pushdown)
    -> (any ConnectionReader)?
  {
    switch context.mode {
    case .preview(_, let reader), .live(let reader, _): return reader
    case .dryRun(_, let snapshot?): return snapshot
    case .dryRun(let printer, nil):
      let entry = CallPrinter.Entry(
        request: .list(pushdown.query), effect: .read, span: pipeline.source.span)
      context.output.data(printer.text(entry, context.sources))
      return nil
    }
  }

  /// `get` keeps the connections it names, in its order; a missing one is an error.
  private func chosen(_ connections: [Connection], _ source: CheckedSource) throws(RunError)
    -> [Connection]
  {
    guard case .get(let expressions) = source.kind else { return connections }
    let byID = Dictionary(connections.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let ids = try Identifiers.values(expressions, evaluator)
    let missing = ids.filter { byID[$0] == nil }
    guard missing.isEmpty else {
      let names = missing.map(String.init).joined(separator: ", ")
      throw RunError(
        .guardRefused, "no connection has the id \(names)",
        help: "runtime connections are listed by `list with runtime` only", at: source.span)
    }
    return ids.compactMap { byID[$0] }
  }

  // MARK: Stages

  private mutating func pass<Hand: WriteHand>(
    _ set: RowSet, through stages: ArraySlice<CheckedStage>, _ hand: inout Hand,
    isRehearsal: Bool = false
  ) async throws(RunError) -> RowSet {
    var set = set
    var readsOutcomes = false
    for stage in stages {
      readsOutcomes = readsOutcomes || stage.readsOutcomes
      guard let definition = StageDefinition.named(stage.name) else { continue }
      switch definition.meaning {
      case .rows(let transform):
        set = RowSet(stage.output, try transform(set, stage, evaluator))
      case .check(let check):
        // What hangs on outcomes can be judged only once there are some.
        if !isRehearsal || !readsOutcomes { try check(set, stage, evaluator) }
      case .output(let kind): if !isRehearsal { try output(kind, set, stage) }
      case .write(let action, _): set = try await act(action, set, stage, &hand)
      }
    }
    return set
  }

  private func act<Hand: WriteHand>(
    _ action: WriteKind, _ set: RowSet, _ stage: CheckedStage,
    _ hand: inout Hand
  ) async throws(RunError) -> RowSet {
    let planner = WritePlanner(stage: stage, action: action, evaluator: evaluator)
    let decisions = try set.rows.mapping { row throws(RunError) in try planner.decide(row) }
    var rows: [Row] = []
    for (row, decision) in zip(set.rows, decisions) {
      let outcome: Outcome =
        switch decision {
        case .outcome(let outcome): outcome
        case .write(let write): await hand.carryOut(write)
        }
      rows.append(planner.outcomeRow(row, outcome))
    }
    return RowSet(stage.output, rows)
  }

  private mutating func output(
    _ kind: StageDefinition.OutputKind, _ set: RowSet, _ stage: CheckedStage
  ) throws(RunError) {
    switch (kind, stage.arguments) {
    case (.show, .format(let name)): try show(set, as: name.flatMap(ResultFormat.init))
    case (.save, .file(let path)):
      try save(set, to: try evaluator.constant(path).text, stage.span)
    default: break
    }
  }

  private func show(_ set: RowSet, as format: ResultFormat?) throws(RunError) {
    let format = format ?? context.format
    context.output.data(try format.text(set, style: context.style, width: context.width))
  }

  private func save(_ set: RowSet, to path: String, _ span: SourceSpan) throws(RunError) {
    guard let kind = FileKind(path: path), let format = ResultFormat(rawValue: kind.rawValue)
    else {
      throw RunError(.usage, "`\(path)` does not end with .json, .jsonl or .csv", at: span)
    }
    let text = try format.text(set)
    guard isLive else { return context.output.talk("\(set.rows.count) rows would go to \(path)") }
    do {
      try context.disk.replace(path, with: Array(text.utf8))
    } catch {
      throw RunError(report.tally.sent > 0 ? .someFailed : .usage, error.message, at: span)
    }
    context.output.talk("\(set.rows.count) rows saved to \(path)")
  }

  // MARK: Templates

  private func printTemplates(_ pipeline: CheckedPipeline) throws(RunError) {
    guard case .dryRun(let printer, _) = context.mode else {
      throw RunError(.internalError, "the rows of the source are not there", at: pipeline.span)
    }
    let templates = CallTemplates(pipeline, evaluator, sources: context.sources)
    for entry in templates.entries {
      context.output.data(printer.text(entry, context.sources))
    }
  }
}

extension ListQuery {
  /// `true` iff the answer holds the whole workspace.
  fileprivate var isUnfiltered: Bool {
    folderID == nil && parentID == nil && externalID == nil && updatedAfter == nil
  }
}

/// The numbers that `get` names.
enum Identifiers {
  static func values(_ expressions: [CheckedExpression], _ evaluator: Evaluator) throws(RunError)
    -> [Int64]
  {
    var ids: [Int64] = []
    for expression in expressions {
      let value = try evaluator.constant(expression)
      let found = value.elements.map { $0.compactMap(\.int) } ?? value.int.map { [$0] } ?? []
      for id in found where !ids.contains(id) { ids.append(id) }
    }
    return ids
  }
}
