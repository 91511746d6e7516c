import API
import Evaluation
import JSON
import Language
import Text

/// Follows one row through the stages of a pipeline, for `why`.
struct RowTrace {
  private let id: Int64
  private let evaluator: Evaluator
  private let environment: Environment
  private let sources: SourceMap
  private let tree: TruthTree
  /// Reads the rows of a file; returns `nil` if that is not possible.
  private let files: (DataFile) -> RowSet?
  /// Every connection, for stages that look rows up.
  private var workspace: RowSet?
  /// The connection's name; empty if the connection is not among the rows.
  private(set) var name = ""
  private(set) var verdict = WhyPage.Verdict.selected
  private(set) var steps: [WhyStep] = []

  init(
    _ id: Int64, _ environment: Environment, _ sources: SourceMap,
    files: @escaping (DataFile) -> RowSet?
  ) {
    self.id = id
    self.files = files
    self.environment = environment
    self.sources = sources
    evaluator = Evaluator(environment)
    tree = TruthTree(environment, sources: sources)
  }

  // MARK: The start

  mutating func trace(_ pipeline: CheckedPipeline, _ listing: Listing) {
    workspace = listing.workspace
    guard let start = start(listing, pipeline.source) else {
      verdict = .missing
      return steps = [missing(pipeline, listing)]
    }
    name = start.name(of: id)
    verdict = follow(pipeline.stages, from: start)
  }

  /// Returns the rows that the first stage receives; `nil` if the traced row is not among them.
  private func start(_ listing: Listing, _ source: CheckedSource) -> RowSet? {
    var set = listing.set.marking(id)
    if case .get(let expressions) = source.kind {
      let ids = (try? Identifiers.values(expressions, evaluator)) ?? []
      let rows = ids.compactMap { id in set.rows.first { $0.connection?.id == id } }
      set = RowSet(set.schema, rows)
    }
    return set.index(of: id) == nil ? nil : set
  }

  private func missing(_ pipeline: CheckedPipeline, _ listing: Listing) -> WhyStep {
    let count = listing.set.rows.count.counted("row")
    let wayOut: String? =
      switch pipeline.source.kind {
      case .get where listing.set.marking(id).index(of: id) != nil: "`get` names other connections"
      case .list(withRuntime: false), .get:
        "only `list with runtime` lists connections of runtime users"
      case .list, .file, .variable, .lastResult: nil
      case .nothing: "a connection that is yet to be created has no id"
      }
    let narrowed =
      listing.isNarrowed
      ? "the server filtered the list; `--no-push` lists every connection" : nil
    let facts = ["not among the \(count)", wayOut, narrowed].compactMap { $0 }
    return WhyStep(
      "out", sources.text(pipeline.source.span).onOneLine, facts: facts.joined(separator: "; "))
  }

  // MARK: The stages

  private mutating func follow(_ stages: [CheckedStage], from start: RowSet) -> WhyPage.Verdict {
    var set = start
    for stage in stages {
      if stage.effect > .read {
        steps.append(WhyStep("kept", text(stage), facts: "would be changed"))
        return .selected
      }
      do {
        switch try pass(set, stage) {
        case .kept(let next): set = next
        case .summed: return .selected
        case .dropped: return .dropped
        case .unknown: return .unknown
        }
      } catch {
        fail(stage, error)
        return .failed
      }
    }
    return .selected
  }

  /// Adds the step at which the run ends. If a check failed, its condition has been added before.
  private mutating func fail(_ stage: CheckedStage, _ error: RunError) {
    let facts = ([error.message] + (error.help.map { [$0] } ?? [])).joined(separator: "; ")
    steps.append(
      WhyStep("error", text(stage), facts: "the run ends here: \(facts.escapingHiddenCharacters())")
    )
  }

  /// The effect of a stage on the row.
  private enum Passage {
    /// The row is among these rows after the stage.
    case kept(RowSet)
    case dropped
    /// The row became part of a summary, and is no longer a row of its own.
    case summed
    /// The rows that it is compared with are not available.
    case unknown
  }

  private mutating func pass(_ set: RowSet, _ stage: CheckedStage) throws(RunError) -> Passage {
    guard let index = set.index(of: id) else { return .dropped }
    switch stage.operation {
    case .rows(let transform):
      if case .predicate(let predicate) = stage.arguments {
        steps += WhyStep.steps(tree.node(predicate, set.rows[index]), also: origin(stage))
      }
      let next = RowSet(stage.output, try transform(set, evaluator))
      return try explain(stage, set, index, next)
    case .comparison(let source): return try compared(set, stage, source)
    case .lookup(let key): return try lookedUp(set, stage, key)
    case .check(let expectation):
      explain(expectation, set.rows[index])
      try ExpectCheck.check(set.rows, expectation, evaluator, at: stage.span)
      if case .count = expectation.kind { add("kept", stage, "found \(set.rows.count)") }
      return .kept(set)
    case .output, .write: return .kept(set)
    }
  }

  /// Adds a step for a stage that turns rows into rows.
  private mutating func explain(_ stage: CheckedStage, _ set: RowSet, _ index: Int, _ next: RowSet)
    throws(RunError) -> Passage
  {
    let row = set.rows[index]
    let found = next.index(of: id)
    switch stage.arguments {
    case .columns: return .kept(next)
    case .grouping(let grouping) where found == nil || !stage.keepsRows:
      return try explain(stage, grouping, set, row)
    case .grouping(let grouping):
      add("kept", stage, "the first with \(try keys(grouping, row))")
    case .sortKeys: add("kept", stage, position(found ?? index, next))
    case .none: return summarize(at: stage, "1 of the \(set.rows.count) rows counted")
    case .count(let count):
      let facts = "\(Self.choices[stage.name] ?? stage.name) \(try evaluator.count(count))"
      add(found == nil ? "out" : "kept", stage, position(index, set) + "; \(facts)")
    default: break
    }
    return found == nil ? .dropped : .kept(next)
  }

  private static let choices = [
    "first": "keeps the first", "last": "keeps the last", "skip": "drops the first",
  ]

  private mutating func summarize(at stage: CheckedStage, _ facts: String) -> Passage {
    add("kept", stage, facts)
    return .summed
  }

  private mutating func explain(
    _ stage: CheckedStage, _ grouping: CheckedGrouping, _ set: RowSet, _ row: Row
  ) throws(RunError) -> Passage {
    let key = try values(grouping, row)
    let alike = try set.rows.keeping { other throws(RunError) in
      try values(grouping, other) == key
    }
    let facts = try keys(grouping, row)
    if !stage.keepsRows {
      return summarize(at: stage, "1 of the \(alike.count) rows with \(facts)")
    }
    let first = alike.first?.connection.map { String($0.id) } ?? "another row"
    add("out", stage, "\(first) comes before it, also with \(facts)")
    return .dropped
  }

  private func values(_ grouping: CheckedGrouping, _ row: Row) throws(RunError) -> [Value] {
    try grouping.keys.mapping { key throws(RunError) in try evaluator.value(key.value, row) }
  }

  private func keys(_ grouping: CheckedGrouping, _ row: Row) throws(RunError) -> String {
    let values = try values(grouping, row)
    return ListText.listed(zip(grouping.keys, values).map { "\($0.name) = \($1.literalText)" })
  }

  private mutating func explain(_ expectation: CheckedExpectation, _ row: Row) {
    switch expectation.kind {
    case .count: break
    case .all(let predicate): steps += WhyStep.steps(tree.node(predicate, row), "expect all ")
    case .none(let predicate): steps += WhyStep.steps(tree.node(predicate, row), "expect none ")
    }
  }

  private mutating func compared(
    _ set: RowSet, _ stage: CheckedStage, _ source: CheckedSource
  ) throws(RunError) -> Passage {
    guard let other = others(source) else {
      add("error", stage, "the other rows are not available")
      return .unknown
    }
    let rows = try RowDiff.between(set, and: other, of: source, at: stage.span)
    let own = rows.filter { (try? $0.value(0).int) == id }
    let changes = own.compactMap { row -> String? in
      guard let change = try? row.value(2).text else { return nil }
      return (try? row.value(3).string).map { "\($0) \(change)" } ?? change
    }
    add(
      own.isEmpty ? "out" : "kept", stage,
      own.isEmpty ? "identical in the other rows" : changes.joined(separator: ", "))
    return own.isEmpty ? .dropped : .kept(RowSet(stage.output, rows).marking(id))
  }

  private mutating func lookedUp(_ set: RowSet, _ stage: CheckedStage, _ key: CheckedExpression)
    throws(RunError) -> Passage
  {
    guard let workspace else {
      add("error", stage, "the workspace's connections are not available")
      return .unknown
    }
    let rows = try Lookup(workspace, by: key, at: stage.span).found(set, evaluator)
    let next = RowSet(stage.output, rows)
    add("kept", stage, "its values are the workspace's")
    return next.index(of: id) == nil ? .dropped : .kept(next)
  }

  private func others(_ source: CheckedSource) -> RowSet? {
    switch source.kind {
    case .variable(let name):
      if case .rows(let set) = environment.variables[name] { return set }
      return nil
    case .lastResult: return environment.lastResult
    case .file(let file): return files(file)
    case .list, .get, .nothing: return nil
    }
  }

  // MARK: Words

  private mutating func add(_ verdict: String, _ stage: CheckedStage, _ facts: String) {
    let all = [facts, origin(stage) ?? ""].filter { !$0.isEmpty }.joined(separator: "; ")
    steps.append(WhyStep(verdict, text(stage), facts: all))
  }

  private func position(_ index: Int, _ set: RowSet) -> String {
    "row \(index + 1) of \(set.rows.count)"
  }

  private func text(_ stage: CheckedStage) -> String { sources.text(stage.span).onOneLine }

  /// Returns the call that the stage was expanded from, if it is part of a definition.
  private func origin(_ stage: CheckedStage) -> String? {
    guard stage.pipelineSpan != stage.span else { return nil }
    return "from `\(sources.text(stage.pipelineSpan).onOneLine)`"
  }
}

extension CheckedStage {
  /// `true` iff each row after the stage is one of the rows before it.
  fileprivate var keepsRows: Bool { definition.narrows }
}

extension RowSet {
  /// Returns the same rows, with the first row of this id marked so that it can be followed. This
  /// also works if the rows are not connections.
  fileprivate func marking(_ id: Int64) -> RowSet {
    guard index(of: id) == nil, let slot = schema.slot(of: "id"),
      let index = rows.firstIndex(where: { (try? $0.value(slot).int) == id }),
      let mark = Connection(.object(JSON.Object([("id", .int(id))])))
    else { return self }
    var rows = Array(rows)
    let values = schema.columns.indices.map { (try? rows[index].value($0)) ?? .null }
    rows[index] = Row(values: values, connection: mark)
    return RowSet(schema, rows)
  }

  fileprivate func index(of id: Int64) -> Int? { rows.firstIndex { $0.connection?.id == id } }

  fileprivate func name(of id: Int64) -> String {
    guard let index = index(of: id), let slot = schema.slot(of: "name") else { return "" }
    return shown(rows[index], slot).string ?? ""
  }
}
