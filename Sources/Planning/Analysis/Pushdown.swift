import API
import Evaluation
import Language

/// Decides which of a pipeline's filters the server applies.
///
/// The server may return too many rows, never too few: every predicate is evaluated again here. A
/// pipeline that writes sends no filter, because its guards need the whole workspace. That costs
/// nothing: it is one list call either way.
package struct Pushdown: Sendable {
  package let query: ListQuery
  private let listsAll: Bool
  /// The conditions of the leading `where` stages, in source order.
  package let conditions: [Condition]

  /// One condition and where it is evaluated.
  package struct Condition: Sendable {
    package let span: SourceSpan
    package let location: Location

    package enum Location: Sendable {
      /// Sent to the server as this parameter, and evaluated again here.
      case server(String)
      /// Evaluated only here, for this reason.
      case here(String)
    }
  }

  /// `allowed` is `false` with `--no-push`; `needsTags` is `true` if the guards of a write read
  /// tags.
  package init(
    _ pipeline: CheckedPipeline, _ evaluator: Evaluator, allowed: Bool, needsTags: Bool = false
  ) {
    var query = ListQuery()
    if case .list(let withRuntime) = pipeline.source.kind {
      query.includesRuntimeConnections = withRuntime
    }
    query.includesTags =
      pipeline.readsTags || pipeline.changesTags || (needsTags && pipeline.writes)
    let narrowing = Self.narrowing(pipeline, allowed: allowed)
    var conditions: [Condition] = []
    for conjunct in pipeline.leadingConjuncts {
      let location =
        narrowing.map { Condition.Location.here($0) } ?? query.push(conjunct, evaluator)
      conditions.append(Condition(span: conjunct.span, location: location))
    }
    self.query = query
    listsAll = pipeline.lists && !query.isFiltered
    self.conditions = conditions
  }

  /// The list of every connection that the pipeline's `lookup` or `create` needs; that of its source, if
  /// that is one.
  package var workspaceQuery: ListQuery {
    if listsAll { return query }
    var all = ListQuery()
    all.includesRuntimeConnections = true
    all.includesTags = query.includesTags
    return all
  }

  /// Returns the reason why no filter is sent, or `nil` if filters may be sent.
  private static func narrowing(_ pipeline: CheckedPipeline, allowed: Bool) -> String? {
    if !allowed { return "pushdown is off" }
    if pipeline.writes { return "a pipeline that writes reads the whole list" }
    guard case .list = pipeline.source.kind else { return "the source is not a list" }
    return nil
  }
}

extension ListQuery {
  /// Adds a condition to the query if the API has a parameter for it.
  mutating func push(_ condition: CheckedExpression, _ evaluator: Evaluator)
    -> Pushdown.Condition.Location
  {
    guard case .comparison(let comparison, let left, let right) = condition.kind,
      case .field(_, let name) = left.kind, let field = Field.named(name)
    else { return .here("the API has no parameter for it") }
    guard right.isConstant, let value = try? evaluator.constant(right) else {
      return .here("its value differs from row to row, or is not known yet")
    }
    return push(field, comparison, value)
  }

  private mutating func push(_ field: Field, _ comparison: ComparisonOperator, _ value: Value)
    -> Pushdown.Condition.Location
  {
    switch (field.pushdown, comparison) {
    case (.equality, .equal): equality(field.name, value)
    case (.updatedAfter, .greater), (.updatedAfter, .greaterOrEqual): after(value)
    case (.equality, _): .here("the API can filter `\(field.name)` only by equality")
    case (.updatedAfter, _): .here("the API can filter only for times after an instant")
    case (.includesTags, _): .here("the API has no parameter for it; the list includes the tags")
    case (nil, _): .here("the API has no parameter for `\(field.name)`")
    }
  }

  private mutating func equality(_ name: String, _ value: Value) -> Pushdown.Condition.Location {
    switch (name, value.unwrapped) {
    case ("folder_id", .int(let id)) where folderID == nil: folderID = id
    case ("parent_id", .int(let id)) where parentID == nil: parentID = id
    case ("external_id", .string(let text)) where externalID == nil && !text.isEmpty:
      externalID = text
    default: return .here("the parameter can't hold the value")
    }
    return .server(name)
  }

  /// Asks for one second earlier than the condition says. The parameter counts in whole seconds,
  /// and the API doesn't document whether it includes its own instant.
  private mutating func after(_ value: Value) -> Pushdown.Condition.Location {
    guard case .timestamp(let instant) = value, updatedAfter == nil else {
      return .here("the parameter is already used")
    }
    let second: Int64 = 1_000_000
    let earlier = instant.microseconds &- second
    guard earlier > -62_000_000_000_000_000, earlier < instant.microseconds else {
      return .here("the instant is out of range")
    }
    updatedAfter = Timestamp(microseconds: earlier).iso8601Seconds
    return .server("updated_after")
  }
}

extension CheckedPipeline {
  package var lists: Bool {
    switch source.kind {
    case .list, .get: true
    default: false
    }
  }

  /// `true` iff the list that shows the size of the workspace includes runtime users' connections.
  package var populationHasRuntime: Bool {
    switch source.kind {
    case .list(let withRuntime): withRuntime
    case .get: false
    case .file, .variable, .lastResult, .nothing: true
    }
  }

  package var looksUp: Bool { stages.contains(where: \.looksUp) }

  /// `true` iff a stage needs every connection of the workspace.
  package var readsWorkspace: Bool {
    looksUp || stages.contains { $0.write.map { $0.existing != .ignore } ?? false }
  }

  /// The conditions that every row must satisfy before any other stage runs: the operands of `and`
  /// in the `where` stages right after the source.
  package var leadingConjuncts: [CheckedExpression] {
    var predicates: [CheckedExpression] = []
    for stage in stages {
      guard case .predicate(let predicate) = stage.arguments else { break }
      predicates.append(predicate)
    }
    return predicates.flatMap(\.conjuncts)
  }

  /// `true` iff a stage changes the tags of connections, which must be known to plan and undo that.
  package var changesTags: Bool {
    stages.compactMap(\.write).contains(where: \.action.definition.readsTags)
  }

  /// `true` iff a predicate, a stage or an output of whole rows reads tags.
  var readsTags: Bool {
    let expressions = stages.flatMap(\.arguments.expressions)
    let tags: Set = ["tags", "tag_titles"]
    if expressions.contains(where: { !$0.fieldsRead.isDisjoint(with: tags) }) { return true }
    if expressions.contains(where: { $0.fieldsRead.contains("raw") }) { return true }
    return handsOutWholeRows
  }

  /// `true` iff whole rows leave the pipeline through `save`, `show` or its end, or `diff` reads
  /// them.
  private var handsOutWholeRows: Bool {
    let outputs = stages.filter { $0.isOutput || $0.comparesRows }.map(\.input) + [schema]
    return outputs.contains { $0.areConnections && $0.slot(of: "tags") != nil }
  }
}

extension CheckedExpression {
  /// The operands of nested `and`s as one list; the expression itself if it is not an `and`.
  var conjuncts: [CheckedExpression] {
    if case .logical(.and, let operands) = kind { operands.flatMap(\.conjuncts) } else { [self] }
  }
}
